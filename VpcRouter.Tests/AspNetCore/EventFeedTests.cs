using System.Collections.Concurrent;
using Microsoft.Extensions.Logging.Abstractions;
using NSubstitute;
using VpcRouter.AspNetCore.Events;
using VpcRouter.Hosting.Events;
using VpcRouter.Tests.Support;

namespace VpcRouter.Tests.AspNetCore;

public class EventFeedTests
{
    // A page reads the ring's end, then the timeline, and goes on from that end: what only the ring has by then it never shows.
    [Test]
    public async Task Feed_SomethingHappens_IsInTheTimelineBeforeItIsInTheRing()
    {
        var events = new RouterEvents();
        var time = Substitute.For<TimeProvider>();
        using var feed = new EventFeed(time, NullLogger<EventFeed>.Instance, events);
        var ends = new ConcurrentQueue<long>();
        // The timeline asks for the time whenever it takes something in.
        time.GetUtcNow().Returns(_ =>
        {
            ends.Enqueue(feed.Ring.Last);
            return EndpointHost.Now;
        });

        await feed.StartAsync(CancellationToken.None);
        events.Publish(EventSamples.Verdict);
        events.Publish(EventSamples.Plan(EventSamples.Move("rtb-1")));
        await Eventually.BeTrueAsync(() => ends.Count == 3);
        await feed.StopAsync(CancellationToken.None);

        ends.Should().Equal([0, 1, 2], "verdict, plan and failover came into the ring after that");
    }
}
