namespace VpcRouter.Tests.Simulator;

public sealed class LatencyTests : FaultFixture
{
    [Test]
    public async Task Latency_Fixed_AnswersLateThoughTheWriteIsDone()
    {
        Put("""{ "latency": [{ "actions": "CreateRoute", "seconds": 0.2 }] }""");
        var call = CreateRouteAsync();
        (await Time.NextTimerAsync()).Should().Be(TimeSpan.FromSeconds(0.2));
        HasRoute("10.7.0.0/16").Should().BeTrue();
        Time.Advance(TimeSpan.FromSeconds(0.199));
        call.IsCompleted.Should().BeFalse();
        Time.Advance(TimeSpan.FromSeconds(0.001));
        await call;
        Host.Vpc.GetCalls().Should().ContainSingle().Which.Duration.Should().Be(TimeSpan.FromSeconds(0.2));
    }

    [Test]
    public async Task Latency_Random_VariesInItsRangeAndRepeatsForASeed()
    {
        var runs = new List<List<TimeSpan>>();
        for (var run = 0; run < 2; run++)
        {
            Put("""{ "seed": 5, "latency": [{ "seconds": 1, "randomSeconds": 2 }] }""");
            var delays = new List<TimeSpan>();
            for (var i = 0; i < 5; i++)
            {
                var call = Ec2.DescribeVpcsAsync();
                delays.Add(await Time.NextTimerAsync());
                Time.Advance(TimeSpan.FromSeconds(3));
                await call;
            }

            runs.Add(delays);
        }

        runs[0].Should().OnlyHaveUniqueItems().And.OnlyContain(d => d >= TimeSpan.FromSeconds(1) && d < TimeSpan.FromSeconds(3));
        runs[1].Should().Equal(runs[0]);
    }

    [Test]
    public async Task Latency_CallerGivesUp_IsRecordedAndDoneNevertheless()
    {
        Put("""{ "latency": [{ "seconds": 60 }] }""");
        var answered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Host.Vpc.CallAnswered += _ => answered.SetResult();
        using var patience = new CancellationTokenSource();
        var call = Ec2.CreateRouteAsync(
            new() { RouteTableId = "rtb-2", DestinationCidrBlock = "10.7.0.0/16", NetworkInterfaceId = "eni-1" }, patience.Token);
        await Time.NextTimerAsync();
        await patience.CancelAsync();
        await FluentActions.Awaiting(() => call).Should().ThrowAsync<OperationCanceledException>();
        await answered.Task;
        HasRoute("10.7.0.0/16").Should().BeTrue();
    }
}
