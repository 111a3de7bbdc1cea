-- What wrk asks for, and what it tells in the end: METHOD BODY PATH...

local requests, place = {}, 0

function init(arguments)
  local method, body = arguments[1], arguments[2]
  local headers = method == "POST" and { ["Content-Type"] = "application/json" } or nil
  for index = 3, #arguments do
    requests[#requests + 1] = wrk.format(
      method, arguments[index], headers, method == "POST" and body or nil)
  end
end

function request()
  place = place % #requests + 1
  return requests[place]
end

function done(summary, latency)
  local errors = summary.errors
  io.write(string.format(
    '\n{"requests":%d,"microseconds":%d,"p99":%d,"errors":'
      .. '{"connect":%d,"read":%d,"write":%d,"status":%d,"timeout":%d}}\n',
    summary.requests, summary.duration, latency:percentile(99), errors.connect, errors.read,
    errors.write, errors.status, errors.timeout))
end
