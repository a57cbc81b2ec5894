using System.Net;
using System.Text.Json.Nodes;
using VpcRouter.AspNetCore.Events;
using VpcRouter.AspNetCore.Responses;
using VpcRouter.Reconciliation;
using VpcRouter.Tests.Support;
using VpcRouter.Vpc;

namespace VpcRouter.Tests.AspNetCore;

public class EventsEndpointTests
{
    private EndpointHost _host = null!;

    [SetUp]
    public async Task StartHost() => _host = await EndpointHost.StartAsync();

    [TearDown]
    public async Task StopHost() => await _host.DisposeAsync();

    [Test]
    public async Task Events_FailoverHappens_TellsAllOfIt()
    {
        await using var stream = await EventStream.OpenAsync(_host);
        var move = EventSamples.Move("rtb-1");

        _host.Events.Publish(EventSamples.Verdict);
        _host.Events.Publish(EventSamples.Plan(move));
        _host.Events.Publish(EventSamples.Write(move, 9));

        var told = await stream.TakeAsync(5);
        told.Select(item => item.Type).Should().Equal("verdict", "plan", "failover", "write", "failover");
        told[0].Data["failed"]!.ToJsonString().Should().Be("""["10.0.0.1"]""");
        told[3].Data.ToJsonString(JsonOutput.Compact).Should().Be(
            """{"at":"2026-03-01T12:00:00.009+00:00","requested_at":"2026-03-01T12:00:00.003+00:00","api_ms":6,"kind":"failover","table":"rtb-1","destination":"10.1.0.0/16","from":"eni-1","to":"eni-2","old_router":"10.0.0.1","new_router":"10.0.0.2","reason":"router 10.0.0.1 has failed","ok":true,"error":null}""");
        told[4].Data["total_ms"]!.GetValue<double>().Should().Be(9);
    }

    [Test]
    public async Task Events_ComesAgain_GoesOnWhereItWas()
    {
        string id;
        await using (var first = await EventStream.OpenAsync(_host))
        {
            _host.Events.Publish(EventSamples.Spec(1));
            id = (await first.TakeAsync(1))[0].Id;
        }

        _host.Events.Publish(EventSamples.Spec(2));
        await using var second = await EventStream.OpenAsync(_host, id);

        (await second.TakeAsync(1))[0].Data["hosts"]!.GetValue<int>().Should().Be(2);
    }

    [Test]
    public async Task Events_OfAnotherProcess_BeginsWithTheOldest()
    {
        await using var first = await EventStream.OpenAsync(_host);
        _host.Events.Publish(EventSamples.Spec());
        await first.TakeAsync(1);

        await using var second = await EventStream.OpenAsync(_host, "abc-7");

        (await second.TakeAsync(1))[0].Type.Should().Be("spec");
    }

    [Test]
    public async Task Events_ReaderSlowerThanTheRing_LearnsHowManyItLost()
    {
        await using var first = await EventStream.OpenAsync(_host);
        _host.Events.Publish(EventSamples.Spec(1));
        var id = (await first.TakeAsync(1))[0].Id;
        for (var i = 0; i < 5000; i++)
            _host.Events.Publish(EventSamples.Write(EventSamples.Move("rtb-1", kind: RouteChangeKind.Create), 5));
        await first.UntilAsync(item => item.Id.EndsWith("-5001", StringComparison.Ordinal));

        await using var slow = await EventStream.OpenAsync(_host, id);

        var lost = (await slow.TakeAsync(1))[0];
        (lost.Type, lost.Data["count"]!.GetValue<int>()).Should().Be(("lost", 5001 - 1 - 4096));
    }

    [Test]
    public async Task Events_Silence_BeatsTheHeart()
    {
        await using var stream = await EventStream.OpenAsync(_host);

        await Eventually.BeTrueAsync(() => stream.Comments > 0, _host.Time, EventsEndpoint.Heartbeat);
    }

    [Test]
    public async Task Events_OneTooMany_IsTurnedAwayUntilOneLeaves()
    {
        var streams = new List<EventStream>();
        for (var i = 0; i < EventsEndpoint.MostStreams; i++)
            streams.Add(await EventStream.OpenAsync(_host));

        using (var refused = await _host.SendAsync(HttpMethod.Get, "/events"))
        {
            refused.StatusCode.Should().Be(HttpStatusCode.ServiceUnavailable);
            refused.Headers.RetryAfter.Should().NotBeNull();
        }

        foreach (var stream in streams)
            await stream.DisposeAsync();
        await Eventually.BeTrueAsync(() => IsTaken(_host));
    }

    [Test]
    public async Task Events_ServerStops_EndsAtOnce()
    {
        await using var stream = await EventStream.OpenAsync(_host);

        await _host.StopAsync().WaitAsync(TimeSpan.FromSeconds(60));

        await stream.EndAsync();
    }

    [Test]
    public async Task History_AfterAFailover_TellsItOnce()
    {
        await using var stream = await EventStream.OpenAsync(_host);
        var (a, b) = (EventSamples.Move("rtb-1"), EventSamples.Move("rtb-2"));
        _host.Events.Publish(EventSamples.Verdict);
        _host.Events.Publish(EventSamples.Plan(a, b));
        _host.Events.Publish(EventSamples.Write(a, 9));
        _host.Events.Publish(EventSamples.Write(b, 10, InMemoryVpc.Error(VpcApiErrorKind.Throttled)));
        _host.Events.Publish(EventSamples.Write(b, 12));
        var last = (await stream.TakeAsync(8))[^1];

        var history = await JsonOf("/history");

        history["last_event_id"]!.ToString().Should().Be(last.Id);
        history["entries"]!.AsArray().Select(entry => entry!["type"]!.ToString()).Should().Equal("failover", "write", "plan", "verdict");
        history["entries"]![0]!["data"]!["moved"]!.GetValue<int>().Should().Be(2);
    }

    [Test]
    public async Task History_AnHourLater_IsEmpty()
    {
        await using var stream = await EventStream.OpenAsync(_host);
        _host.Events.Publish(EventSamples.Spec());
        await stream.TakeAsync(1);

        _host.Time.Advance(Timeline.Span + TimeSpan.FromSeconds(1));

        (await JsonOf("/history"))["entries"]!.AsArray().Should().BeEmpty();
    }

    [Test]
    public void Timeline_Flooded_KeepsTheNewestWithinItsBound()
    {
        var timeline = new Timeline(_host.Time);

        for (var i = 0; i < 3 * Timeline.Most; i++)
            timeline.Add(new TimelineEntry(EndpointHost.Now, $"{i}", null, default));

        var kept = timeline.Newest(int.MaxValue);
        kept.Should().HaveCount(Timeline.Most);
        kept[0].Type.Should().Be($"{(3 * Timeline.Most) - 1}");
    }

    private static bool IsTaken(EndpointHost host)
    {
        using var request = new HttpRequestMessage(HttpMethod.Head, "/events");
        using var response = host.Client.Send(request);
        return response.IsSuccessStatusCode;
    }

    private async Task<JsonNode> JsonOf(string path)
    {
        using var response = await _host.SendAsync(HttpMethod.Get, path, null, ("Accept", "application/json"));
        return JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
    }
}
