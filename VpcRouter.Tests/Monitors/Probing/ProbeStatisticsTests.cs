using System.Net;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using VpcRouter.Monitors.Probing;

namespace VpcRouter.Tests.Monitors.Probing;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class ProbeStatisticsTests
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UnixEpoch);
    private readonly ProbeStatistics _statistics;

    public ProbeStatisticsTests() => _statistics = new ProbeStatistics("pings_sent", Interval, _time);

    [Test]
    public void Get_IntervalOver_HasTheOriginalsShape()
    {
        foreach (var milliseconds in new[] { 3, 1, 4, 2 })
        {
            _statistics.Sent();
            _statistics.Answered(new IPAddress([10, 0, 0, (byte)milliseconds]), TimeSpan.FromMilliseconds(milliseconds));
        }

        _statistics.Sent();
        _statistics.Unanswered();
        _time.Advance(Interval);

        JsonSerializer.Serialize(_statistics.Get()).Should().Be(
            """{"pings_sent":5,"measurements":[{"time":"1970-01-01T00:00:02.0000000\u002B00:00","num_responses":4,"num_no_responses":1,"slowest":{"ip":"10.0.0.4","rtt":0.004},"fastest":{"ip":"10.0.0.1","rtt":0.001},"average_rtt":0.0025,"median_rtt":0.0025}]}""");
    }

    [Test]
    public void Get_NobodyAnswered_HasNoTimes()
    {
        _statistics.Unanswered();
        _time.Advance(Interval);

        Measurements().Single()["slowest"].Should().BeNull();
    }

    [Test]
    public void Get_ManyIntervals_KeepsTenNewestFirst()
    {
        for (var i = 1; i <= 12; i++)
        {
            for (var answers = 0; answers < i; answers++)
                _statistics.Answered(IPAddress.Loopback, TimeSpan.FromMilliseconds(1));
            _time.Advance(Interval);
        }

        Measurements().Select(measurement => measurement["num_responses"]).Should().Equal(12, 11, 10, 9, 8, 7, 6, 5, 4, 3);
    }

    private IEnumerable<IReadOnlyDictionary<string, object?>> Measurements() =>
        (IEnumerable<IReadOnlyDictionary<string, object?>>)_statistics.Get()["measurements"]!;
}
