using System.Net;
using Amazon.EC2.Model;
using VpcRouter.Simulator;
using VpcRouter.Simulator.Faults;

namespace VpcRouter.Tests.Simulator;

/// <summary>A simulator on a fake clock that each test makes nasty in its own way.</summary>
public abstract class FaultFixture : SimulatorFixture
{
    protected static readonly IPAddress Router = IPAddress.Parse("127.9.1.10");

    private protected TimerSignal Time { get; private set; } = null!;

    protected override SimulatorOptions Options => new()
    {
        Topology = TestTopology.Small,
        TransitionTime = TimeSpan.Zero,
        TimeProvider = Time = new TimerSignal(),
    };

    protected void Put(string faults) => Host.Vpc.SetFaults(SimulatorFaults.Parse(faults));

    protected Task CreateRouteAsync(string destination = "10.7.0.0/16") => Ec2.CreateRouteAsync(new CreateRouteRequest
    {
        RouteTableId = "rtb-2",
        DestinationCidrBlock = destination,
        NetworkInterfaceId = "eni-1",
    });

    protected bool HasRoute(string destination) =>
        Host.Vpc.GetState().RouteTables.Single(t => t.Id == "rtb-2").Routes.Any(r => r.Destination == destination);

    /// <summary>How many calls in a row go through before one is throttled.</summary>
    protected static async Task<int> CountUntilThrottledAsync(Func<Task> call, int most = 200)
    {
        for (var count = 0; count < most; count++)
        {
            try
            {
                await call();
            }
            catch (Amazon.EC2.AmazonEC2Exception e) when (e.ErrorCode == "RequestLimitExceeded" && e.StatusCode == HttpStatusCode.ServiceUnavailable)
            {
                return count;
            }
        }

        return most;
    }
}
