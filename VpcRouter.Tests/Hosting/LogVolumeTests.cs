using VpcRouter.RouteSpecs;
using VpcRouter.Tests.ModelCheck;
using VpcRouter.Tests.Support;
using VpcRouter.Vpc;

namespace VpcRouter.Tests.Hosting;

/// <summary>An hour in which EC2 fails in every way and somebody keeps taking routes away.</summary>
[CancelAfter(120_000)]
[NonParallelizable]
public sealed class LogVolumeTests
{
    private const int Routes = 20;
    private static readonly VpcApiErrorKind[] Kinds = [.. Enum.GetValues<VpcApiErrorKind>()];
    private static readonly RouteSpec Spec = TestSpec.Of([.. Enumerable.Range(0, Routes).Select(n => TestSpec.Entry($"10.{n}.0.0/16", 1, 2))]);
    private static readonly TestVpc InLine = TestVpc.WithHosts(2).WithTable("rtb-1", [.. Enumerable.Range(0, Routes).Select(n => TestVpc.Via($"10.{n}.0.0/16", "eni-1"))]);

    [Test]
    public void Router_EveryFaultForAnHour_StaysUnder200LinesAndConverges() => SingleThreadedPool.Run(CountLinesAsync).Should().BeInRange(10, 200);

    private static async Task<int> CountLinesAsync()
    {
        var log = new RecordedLog();
        var random = new Random(20261);
        await using var host = new RouterHost(InLine, log: log);
        await host.SettleAsync(Spec);
        host.Api.FailWrite = _ => Fault(random, 0.5);
        host.Api.FailLook = () => Fault(random, 0.3);

        for (var second = 1; second <= 3600; second++)
        {
            if (second % 300 == 0)
                host.Api.Become(TestVpc.WithHosts(2).WithTable("rtb-1", [.. Enumerable.Range(0, Routes).Where(n => n != second / 300 && n != 15).Select(n => TestVpc.Via($"10.{n}.0.0/16", "eni-1"))]).Snapshot());
            host.Time.Advance(TimeSpan.FromSeconds(1));
            await SingleThreadedPool.QuiesceAsync();
        }

        var lines = log.Lines.Count;
        host.Api.FailWrite = _ => null;
        host.Api.FailLook = () => null;
        await Eventually.BeTrueAsync(() => Enumerable.Range(0, Routes).All(n => host.Api.TargetOf("rtb-1", $"10.{n}.0.0/16") is not null), host.Time, TimeSpan.FromSeconds(1));
        return lines;
    }

    private static VpcApiException? Fault(Random random, double probability)
    {
        lock (random)
            return random.NextDouble() < probability ? InMemoryVpc.Error(Kinds[random.Next(Kinds.Length)]) : null;
    }
}
