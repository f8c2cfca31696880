dofile(os.getenv("BENCH_SCRIPTS") .. "/common.lua")

-- Seven reads, a page, a change and a create out of ten.
function request()
  local dice = math.random(10)
  if dice <= 7 then
    return find()
  elseif dice == 8 then
    return page()
  elseif dice == 9 then
    return change()
  end
  return create()
end
