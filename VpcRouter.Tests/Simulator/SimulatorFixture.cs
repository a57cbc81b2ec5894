using Amazon.EC2;
using Amazon.Runtime;
using VpcRouter.Simulator;

namespace VpcRouter.Tests.Simulator;

/// <summary>A simulator of its own for each test, with the real EC2 client on it.</summary>
public abstract class SimulatorFixture
{
    protected SimulatorHost Host { get; private set; } = null!;

    protected AmazonEC2Client Ec2 { get; private set; } = null!;

    protected HttpClient Http { get; private set; } = null!;

    protected virtual SimulatorOptions Options => new() { Topology = TestTopology.Small, TransitionTime = TimeSpan.Zero };

    [SetUp]
    public async Task StartSimulator()
    {
        Host = await SimulatorHost.StartAsync(Options);
        Ec2 = new AmazonEC2Client(new BasicAWSCredentials("x", "x"),
            new AmazonEC2Config { ServiceURL = Host.Endpoint.ToString(), AuthenticationRegion = "us-east-1", MaxErrorRetry = 0 });
        Http = new HttpClient { BaseAddress = Host.Endpoint };
    }

    [TearDown]
    public async Task StopSimulator()
    {
        Ec2.Dispose();
        Http.Dispose();
        await Host.DisposeAsync();
    }

    protected static async Task<string> CodeOf(Func<Task> call) =>
        (await call.Should().ThrowAsync<AmazonEC2Exception>()).Which.ErrorCode;
}
