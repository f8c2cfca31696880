dofile(os.getenv("BENCH_SCRIPTS") .. "/common.lua")

response = follow

function request()
  return page()
end
