using VpcRouter.Simulator;
using VpcRouter.Simulator.Faults;
using VpcRouter.Simulator.Model;
using VpcRouter.Simulator.Topologies;
using VpcRouter.Tests.Support;

namespace VpcRouter.Tests.Cli;

/// <summary>A simulated VPC in this process, for a vpcrouter in another.</summary>
internal sealed class CliRig : IAsyncDisposable
{
    private CliRig(SimulatorHost simulator) => Simulator = simulator;

    public SimulatorHost Simulator { get; }

    public TemporaryFolder Folder { get; } = new();

    /// <summary>Flags that lead to the VPC.</summary>
    public string[] Place => [.. PlaceAt(Simulator.Endpoint), "-p", "0", "--state-dir", Folder["state"]];

    public static async Task<CliRig> StartAsync(string? faults = null, SimulatorTopology? topology = null) => new(await SimulatorHost.StartAsync(new SimulatorOptions
    {
        ProbePort = 0,
        Faults = SimulatorFaults.Parse(faults ?? "{}"),
        Topology = topology ?? SimulatorTopology.Default,
    }));

    public static string[] PlaceAt(Uri endpoint) => ["-r", "us-east-1", "-v", "vpc-350d6a51", "--endpoint-url", endpoint.ToString()];

    public static string SpecOf(string destination) => $$"""{ "{{destination}}": ["127.0.1.10", "127.0.11.10"] }""";

    public CliProcess Start(params IEnumerable<string> args) => CliProcess.Start([.. args, .. Place]);

    public Task<CliResult> RunAsync(params IEnumerable<string> args) => CliProcess.RunAsync([.. args, .. Place]);

    /// <summary>The calls that could have changed something, dry runs included.</summary>
    public IEnumerable<SimulatorCall> Writes() => Simulator.Vpc.GetCalls().Where(call => call.Action.EndsWith("Route", StringComparison.Ordinal));

    /// <summary>Waits until those and no other routes to hosts stand in the only managed table.</summary>
    public Task<SimulatorState> UntilRoutedAsync(params string[] destinations) => Simulator.Vpc
        .WaitForAsync(state => state.RouteTables.Single(table => table.Id == "rtb-a").Routes.Where(route => route.Router is not null).Select(route => route.Destination).Order().SequenceEqual(destinations.Order()))
        .WaitAsync(CliProcess.Patience);

    public async ValueTask DisposeAsync()
    {
        await Simulator.DisposeAsync();
        Folder.Dispose();
    }
}
