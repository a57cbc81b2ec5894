using System.Text.Json;
using VpcRouter.Benchmarks.Detection;
using VpcRouter.Benchmarks.Failover;
using VpcRouter.Benchmarks.HttpLoad;
using VpcRouter.Benchmarks.Icmp;
using VpcRouter.Benchmarks.Planner;
using VpcRouter.Benchmarks.Probing;
using VpcRouter.Benchmarks.Tcp;

if (args is [CrowdProcess.Command, var server])
{
    await Crowd.RunAsync(new Uri(server));
    return 0;
}

var result = args switch
{
    ["planner"] => PlannerBenchmark.Run(),
    ["failover"] => await FailoverBenchmark.RunAsync(500),
    ["failover", var routes] when int.TryParse(routes, out var count) && count is > 50 and <= 700 => await FailoverBenchmark.RunAsync(count),
    ["http-load"] => await HttpLoadBenchmark.RunAsync(),
    ["api-calls"] => await ApiCallsBenchmark.RunAsync(),
    ["icmp", .. var options] => await IcmpBenchmark.RunAsync(options),
    ["tcp", .. var options] => await TcpBenchmark.RunAsync(options),
    ["detect"] => await DetectionBenchmark.RunAsync(),
    [SweepProcess.Name, .. var options] => await SweepProcess.RunAsync(options),
    [AcceptProcess.Name] => AcceptProcess.Run(),
    _ => null,
};
if (result is null)
{
    await Console.Error.WriteLineAsync(
        "usage: dotnet run -c Release --project benchmarks/VpcRouter.Benchmarks -- planner|failover [ROUTES]|http-load|api-calls|icmp --hosts COUNT [--against fping]|tcp --hosts COUNT --against haproxy|detect\n" +
        "  ROUTES: how many move under EC2's own limits, 51 to 700; default 500");
    return 2;
}

Console.WriteLine(JsonSerializer.Serialize(result, JsonSerializerOptions.Web));
return 0;
