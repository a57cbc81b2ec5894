using System.Text.Json;
using VpcRouter.Benchmarks.Failover;
using VpcRouter.Benchmarks.Icmp;
using VpcRouter.Benchmarks.Planner;

var result = args switch
{
    ["planner"] => PlannerBenchmark.Run(),
    ["failover"] => await FailoverBenchmark.RunAsync(),
    ["api-calls"] => await ApiCallsBenchmark.RunAsync(),
    ["icmp", .. var options] => await IcmpBenchmark.RunAsync(options),
    [IcmpBenchmark.Child, .. var options] => await IcmpBenchmark.RunChildAsync(options),
    _ => null,
};
if (result is null)
{
    await Console.Error.WriteLineAsync("usage: dotnet run -c Release --project benchmarks/VpcRouter.Benchmarks -- planner|failover|api-calls|icmp --hosts COUNT [--against fping]");
    return 2;
}

Console.WriteLine(JsonSerializer.Serialize(result, JsonSerializerOptions.Web));
return 0;
