using System.Text.Json;
using VpcRouter.Benchmarks.Failover;
using VpcRouter.Benchmarks.HttpLoad;
using VpcRouter.Benchmarks.Icmp;
using VpcRouter.Benchmarks.Planner;

if (args is [CrowdProcess.Command, var server])
{
    await Crowd.RunAsync(new Uri(server));
    return 0;
}

var result = args switch
{
    ["planner"] => PlannerBenchmark.Run(),
    ["failover"] => await FailoverBenchmark.RunAsync(),
    ["http-load"] => await HttpLoadBenchmark.RunAsync(),
    ["api-calls"] => await ApiCallsBenchmark.RunAsync(),
    ["icmp", .. var options] => await IcmpBenchmark.RunAsync(options),
    [IcmpBenchmark.Child, .. var options] => await IcmpBenchmark.RunChildAsync(options),
    _ => null,
};
if (result is null)
{
    await Console.Error.WriteLineAsync("usage: dotnet run -c Release --project benchmarks/VpcRouter.Benchmarks -- planner|failover|http-load|api-calls|icmp --hosts COUNT [--against fping]");
    return 2;
}

Console.WriteLine(JsonSerializer.Serialize(result, JsonSerializerOptions.Web));
return 0;
