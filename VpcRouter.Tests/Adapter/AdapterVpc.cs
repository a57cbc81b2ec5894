using System.Net;
using Amazon.EC2;
using VpcRouter.RouteSpecs;
using VpcRouter.Simulator;
using VpcRouter.Simulator.Topologies;
using VpcRouter.Vpc;
using VpcRouter.Vpc.Ec2;

namespace VpcRouter.Tests.Adapter;

/// <summary>The adapter with Amazon's own client, and a simulated VPC at the other end of the wire.</summary>
internal sealed class AdapterVpc : IAsyncDisposable
{
    private readonly IAmazonEC2 _client;

    private AdapterVpc(SimulatorHost simulator, string? vpcId)
    {
        Simulator = simulator;
        _client = Ec2ClientFactory.Create(simulator.Vpc.Region, simulator.Endpoint);
        Api = new Ec2VpcApi(_client, vpcId ?? simulator.Vpc.VpcId);
        Status = new Ec2InstanceStatusApi(_client, vpcId ?? simulator.Vpc.VpcId);
    }

    public SimulatorHost Simulator { get; }

    public Ec2VpcApi Api { get; }

    public Ec2InstanceStatusApi Status { get; }

    public static async Task<AdapterVpc> StartAsync(string? topology = null, string? vpcId = null) =>
        new(await SimulatorHost.StartAsync(new SimulatorOptions { Topology = SimulatorTopology.Parse(topology ?? AdapterTopology.Small) }), vpcId);

    public Task<VpcSnapshot> LookAsync() => Api.GetSnapshotAsync(CancellationToken.None);

    public async Task<RouteTable> TableAsync(string id) => (await LookAsync()).RouteTables.Single(table => table.Id == id);

    public async Task<Route?> RouteAsync(string table, string destination) =>
        (await TableAsync(table)).Routes.SingleOrDefault(route => route.Destination == RouteDestination.Parse(destination));

    public Task CreateAsync(string table, string destination, string target) =>
        Api.CreateRouteAsync(table, RouteDestination.Parse(destination), Target(target), CancellationToken.None);

    public Task ReplaceAsync(string table, string destination, string target) =>
        Api.ReplaceRouteAsync(table, RouteDestination.Parse(destination), Target(target), CancellationToken.None);

    public Task DeleteAsync(string table, string destination) =>
        Api.DeleteRouteAsync(table, RouteDestination.Parse(destination), CancellationToken.None);

    public IEnumerable<string> Calls() => Simulator.Vpc.GetCalls().Select(call => call.Action);

    public static IPAddress Address(string text) => IPAddress.Parse(text);

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await Simulator.DisposeAsync();
    }

    private static RouteTarget Target(string id) => RouteTarget.TryParseFallback(id, out var target) ? target : throw new ArgumentException(id, nameof(id));
}
