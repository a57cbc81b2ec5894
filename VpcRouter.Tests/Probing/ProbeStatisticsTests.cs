using System.Net;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using VpcRouter.Probing;

namespace VpcRouter.Tests.Probing;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class ProbeStatisticsTests
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UnixEpoch);
    private readonly ProbeStatistics _statistics;

    public ProbeStatisticsTests()
    {
        _statistics = new ProbeStatistics("pings_sent", Interval, _time);
        for (var host = 0; host < 4; host++)
            _statistics.Add(host, Address(host));
    }

    [Test]
    public void Get_IntervalOver_HasTheOriginalsShape()
    {
        foreach (var milliseconds in new[] { 3, 1, 4, 2 })
        {
            _statistics.Sent();
            _statistics.Answered(milliseconds - 1, TimeSpan.FromMilliseconds(milliseconds));
        }

        _statistics.Sent();
        _statistics.Unanswered(0);
        _time.Advance(Interval);

        var shown = _statistics.Get();
        JsonSerializer.Serialize(new { pings_sent = shown["pings_sent"], measurements = shown["measurements"] }).Should().Be(
            """{"pings_sent":5,"measurements":[{"time":"1970-01-01T00:00:02.0000000\u002B00:00","num_responses":4,"num_no_responses":1,"slowest":{"ip":"10.0.0.4","rtt":0.004},"fastest":{"ip":"10.0.0.1","rtt":0.001},"average_rtt":0.0025,"median_rtt":0.0025}]}""");
    }

    [Test]
    public void Get_NobodyAnswered_HasNoTimes()
    {
        _statistics.Unanswered(0);
        _time.Advance(Interval);

        Measurements().Single()["slowest"].Should().BeNull();
        Measurements().Single()["median_rtt"].Should().BeNull();
    }

    [Test]
    public void Get_ManyIntervals_KeepsTenNewestFirst()
    {
        for (var i = 1; i <= 12; i++)
        {
            for (var answers = 0; answers < i; answers++)
                _statistics.Answered(0, TimeSpan.FromMilliseconds(1));
            _time.Advance(Interval);
            _statistics.Roll();
        }

        Measurements().Select(measurement => measurement["num_responses"]).Should().Equal(12, 11, 10, 9, 8, 7, 6, 5, 4, 3);
    }

    [Test]
    public void Get_ManyAnswers_MedianOfASampleIsClose()
    {
        for (var i = 1; i <= 100_000; i++)
            _statistics.Answered(0, TimeSpan.FromMicroseconds(i));
        _time.Advance(Interval);

        ((double)Measurements().Single()["median_rtt"]!).Should().BeApproximately(0.05, 0.01);
    }

    [Test]
    public void Get_Host_HasLastMedianNinetyNinthAndLoss()
    {
        for (var i = 0; i < 98; i++)
            _statistics.Answered(0, TimeSpan.FromMilliseconds(1));
        _statistics.Answered(0, TimeSpan.FromMilliseconds(100));
        _statistics.Answered(0, TimeSpan.FromMilliseconds(100));
        for (var i = 0; i < 25; i++)
            _statistics.Unanswered(0);

        var host = Host(0);

        host["last_rtt"].Should().Be(0.1);
        ((double)host["median_rtt"]!).Should().BeApproximately(0.001, 0.000125);
        ((double)host["p99_rtt"]!).Should().BeApproximately(0.1, 0.0125);
        host["loss"].Should().Be(0.2);
    }

    [Test]
    public void Get_HostThatNeverAnswered_HasLossOnly()
    {
        _statistics.Unanswered(1);

        Host(1).Should().Contain("loss", 1.0).And.Contain("last_rtt", null).And.Contain("p99_rtt", null);
    }

    [Test]
    public void Get_HostRecovered_ForgetsOldLosses()
    {
        for (var i = 0; i < 1000; i++)
            _statistics.Unanswered(0);
        for (var i = 0; i < 20_000; i++)
            _statistics.Answered(0, TimeSpan.FromMilliseconds(1));

        ((double)Host(0)["loss"]!).Should().BeLessThan(0.001);
    }

    [Test]
    public void Remove_HostAndItsPlaceUsedAgain_BeginsAnew()
    {
        _statistics.Answered(0, TimeSpan.FromMilliseconds(1));
        _statistics.Unanswered(0);

        _statistics.Remove(0);
        _statistics.Add(0, Address(7));

        Hosts().Should().NotContainKey(Address(0).ToString());
        Hosts()[Address(7).ToString()].Should().Contain("loss", 0.0).And.Contain("median_rtt", null);
    }

    [Test]
    public void Get_MoreHostsThanAreShown_ShowsThoseThatLoseMost()
    {
        for (var host = 4; host < 1500; host++)
            _statistics.Add(host, Address(host));
        for (var host = 0; host < 1500; host++)
            _statistics.Answered(host, TimeSpan.FromMilliseconds(1));
        _statistics.Unanswered(1234);

        Hosts().Should().HaveCount(ProbeStatistics.ShownHosts).And.ContainKey(Address(1234).ToString());
        _statistics.Get()["hosts_not_shown"].Should().Be(500);
    }

    private static IPAddress Address(int host) => new([10, 0, (byte)((host + 1) >> 8), (byte)(host + 1)]);

    private IEnumerable<IReadOnlyDictionary<string, object?>> Measurements() =>
        (IEnumerable<IReadOnlyDictionary<string, object?>>)_statistics.Get()["measurements"]!;

    private Dictionary<string, Dictionary<string, object?>> Hosts() => (Dictionary<string, Dictionary<string, object?>>)_statistics.Get()["hosts"]!;

    private Dictionary<string, object?> Host(int host) => Hosts()[Address(host).ToString()];
}
