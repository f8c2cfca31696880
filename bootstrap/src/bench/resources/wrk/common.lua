-- What all scripts share: the token, users by number, and one line of figures at the end.

local counter = 0

function setup(thread)
  thread:set("number", counter)
  counter = counter + 1
end

run = os.getenv("BENCH_RUN")
users = tonumber(os.getenv("BENCH_USERS"))
headers = { ["Authorization"] = "Bearer " .. os.getenv("BENCH_TOKEN"), ["Content-Type"] = "application/json" }
made = 0

function user()
  return string.format("/users/00000000-0000-7000-8000-%012x", math.random(users))
end

function create()
  made = made + 1
  local name = run .. "-" .. number .. "-" .. made
  return wrk.format("POST", "/users", headers,
    '{"email":"' .. name .. '@example.org","name":"User ' .. name .. '"}')
end

function find()
  return wrk.format("GET", user(), headers)
end

function find_by_email()
  return wrk.format("GET", "/users?email=user" .. math.random(users) .. "@example.org", headers)
end

function change()
  made = made + 1
  return wrk.format("PATCH", user(), headers, '{"name":"User ' .. run .. "-" .. number .. "-" .. made .. '"}')
end

-- They were made a second after each other.
first = 1735689600

function page()
  local after = os.date("!%Y-%m-%dT%H:%M:%SZ", first + math.random(users - 50))
  return wrk.format("GET", "/users?limit=50&createdAfter=" .. after, headers)
end

-- Neither token nor database: what the web server makes of this machine.
function live()
  return wrk.format("GET", "/health/live")
end

function init(args)
  math.randomseed(os.time() + number)
end

function done(summary, latency, requests)
  local failed = summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout
  print(string.format("FIGURES %d %d %d %d %d %d %d", summary.requests, summary.duration, summary.errors.status, failed,
    latency:percentile(50), latency:percentile(99), latency:percentile(99.9)))
end
