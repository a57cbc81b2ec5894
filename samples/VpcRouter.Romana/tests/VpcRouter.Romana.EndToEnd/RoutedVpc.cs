using System.Text.Json;
using VpcRouter.Romana.Tests.Support;

namespace VpcRouter.Romana.EndToEnd;

/// <summary>A simulated VPC, and the installed router that keeps its routes by what stands in etcd.</summary>
internal sealed class RoutedVpc : IAsyncDisposable
{
    private readonly HttpClient _client = new();
    private readonly RunningProgram _simulator;
    private readonly RunningProgram _router;
    private readonly string _ec2;
    private readonly string _status;

    private RoutedVpc(RunningProgram simulator, RunningProgram router, string ec2, string status)
    {
        _simulator = simulator;
        _router = router;
        _ec2 = ec2;
        _status = status;
    }

    public string Log => _router.Output;

    public static async Task<RoutedVpc> StartAsync(Installation installation, params string[] watcherArguments)
    {
        var simulator = RunningProgram.Start(installation.Describe("simulate", "--listen", "127.0.0.1:0", "--topology", Path.Combine(AppContext.BaseDirectory, "vpc.json")));
        var ec2 = await simulator.TellsAsync("EC2 at ");
        var router = RunningProgram.Start(installation.Describe(
        [
            .. watcherArguments, "-H", "always", "--plugin-dir", installation.Plugins,
            "--endpoint-url", ec2, "--region", "us-east-1", "--vpc", "vpc-350d6a51", "--port", "0",
        ]));
        return new RoutedVpc(simulator, router, ec2, await router.TellsAsync("Serving HTTP on "));
    }

    /// <summary>The destinations that the VPC routes to hosts.</summary>
    public async Task<IReadOnlySet<string>> RoutesAsync()
    {
        using var state = JsonDocument.Parse(await _client.GetStringAsync(new Uri(_ec2 + "/_simulator/state")));
        return state.RootElement.GetProperty("routeTables").EnumerateArray()
            .SelectMany(table => table.GetProperty("routes").EnumerateArray())
            .Where(route => route.GetProperty("target").GetString()!.StartsWith("eni-", StringComparison.Ordinal))
            .Select(route => route.GetProperty("destination").GetString()!)
            .ToHashSet();
    }

    /// <summary>Waits until the VPC routes exactly these.</summary>
    public async Task RoutesBecomeAsync(params string[] destinations)
    {
        try
        {
            await Limits.UntilAsync(async () => (await RoutesAsync()).SetEquals(destinations), $"the routes become {string.Join(' ', destinations)}");
        }
        catch (AssertionException)
        {
            await TestContext.Out.WriteLineAsync(Log);
            throw;
        }
    }

    public async Task<string> StatusAsync(string page)
    {
        using var response = await _client.GetAsync(new Uri($"{_status}/{page}"));
        return await response.Content.ReadAsStringAsync();
    }

    public Task<int> StopAsync() => _router.StopAsync();

    public async ValueTask DisposeAsync()
    {
        await _router.DisposeAsync();
        await _simulator.DisposeAsync();
        _client.Dispose();
    }
}
