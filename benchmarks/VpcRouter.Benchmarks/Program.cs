using System.Text.Json;
using VpcRouter.Benchmarks.Planner;

object? result = args switch
{
    ["planner"] => PlannerBenchmark.Run(),
    _ => null,
};
if (result is null)
{
    await Console.Error.WriteLineAsync("usage: dotnet run -c Release --project benchmarks/VpcRouter.Benchmarks -- planner|failover|api-calls");
    return 2;
}

Console.WriteLine(JsonSerializer.Serialize(result, JsonSerializerOptions.Web));
return 0;
