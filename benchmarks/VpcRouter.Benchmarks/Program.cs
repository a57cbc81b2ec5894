using System.Text.Json;
using VpcRouter.Benchmarks.Failover;
using VpcRouter.Benchmarks.Planner;

var result = args switch
{
    ["planner"] => PlannerBenchmark.Run(),
    ["failover"] => await FailoverBenchmark.RunAsync(),
    ["api-calls"] => await ApiCallsBenchmark.RunAsync(),
    _ => null,
};
if (result is null)
{
    await Console.Error.WriteLineAsync("usage: dotnet run -c Release --project benchmarks/VpcRouter.Benchmarks -- planner|failover|api-calls");
    return 2;
}

Console.WriteLine(JsonSerializer.Serialize(result, JsonSerializerOptions.Web));
return 0;
