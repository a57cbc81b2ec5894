using System.Net;
using Amazon.EC2.Model;
using VpcRouter.Simulator.Model;

namespace VpcRouter.Tests.Simulator;

public sealed class ScheduledEventTests : FaultFixture
{
    [Test]
    public async Task Events_Set_AreShownWithTheirOutcomeAsEc2DoesIt()
    {
        Host.Vpc.SetHostEvents(Router, new SimulatedEvent("system-maintenance") { Notice = TimeSpan.FromHours(2) }, new SimulatedEvent("instance-stop") { Outcome = EventOutcome.Canceled });

        var events = await EventsAsync();

        events.Select(e => e.Code.Value).Should().Equal("system-maintenance", "instance-stop");
        events.Select(e => e.InstanceEventId).Should().OnlyHaveUniqueItems();
        events[0].NotBefore.Should().Be(Time.GetUtcNow().UtcDateTime.AddHours(2));
        events[0].Description.Should().NotStartWith("[");
        events[1].Description.Should().StartWith("[Canceled] ");
    }

    [Test]
    public async Task Events_BesideARetiringStatus_AreBothShown()
    {
        Host.Vpc.SetHostStatus(Router, HostStatus.Retiring);
        Host.Vpc.SetHostEvents(Router, new SimulatedEvent("instance-reboot"));

        (await EventsAsync()).Select(e => e.Code.Value).Should().Equal("instance-retirement", "instance-reboot");
    }

    [Test]
    public async Task Events_Filtered_FindTheInstance()
    {
        Host.Vpc.SetHostEvents(Router, new SimulatedEvent("instance-reboot"));

        var found = await Ec2.DescribeInstanceStatusAsync(new DescribeInstanceStatusRequest { Filters = [new Filter("event.code", ["instance-reboot"])] });

        found.InstanceStatuses.Select(status => status.InstanceId).Should().Equal("i-1");
    }

    [Test]
    public async Task Events_InstanceStartedAgain_AreGone()
    {
        Host.Vpc.SetHostEvents(Router, new SimulatedEvent("instance-stop"));
        Host.Vpc.SetHostState(Router, HostState.Stopped);
        Host.Vpc.SetHostState(Router, HostState.Alive);

        (await EventsAsync()).Should().BeEmpty();
    }

    [Test]
    public async Task Initializing_RunningHost_HasChecksThatAreNotThrough()
    {
        Host.Vpc.SetHostStatus(Router, HostStatus.Initializing);

        var status = await StatusAsync();

        (status.InstanceState.Name.Value, status.Status.Status.Value, status.SystemStatus.Status.Value).Should().Be(("running", "initializing", "initializing"));
    }

    [Test]
    public async Task Put_Events_SchedulesThemAndAnEmptyObjectClearsThem()
    {
        (await PutAsync("127.9.1.10", """{ "events": [{ "code": "instance-stop", "outcome": "completed", "noticeSeconds": 60 }] }""")).Should().Be((HttpStatusCode.NoContent, ""));
        (await EventsAsync()).Should().ContainSingle().Which.Description.Should().StartWith("[Completed] ");

        await PutAsync("127.9.1.10", "{}");
        (await EventsAsync()).Should().BeEmpty();
    }

    [TestCase("nonsense", "not valid JSON")]
    [TestCase("""{ "events": [{}] }""", "$.events[0].code: missing")]
    [TestCase("""{ "events": [{ "code": "explosion" }] }""", "use one of instance-reboot, instance-retirement, instance-stop, system-maintenance, system-reboot")]
    [TestCase("""{ "events": [{ "code": "instance-stop", "outcome": "1" }] }""", "use one of ahead, completed, canceled")]
    [TestCase("""{ "events": [{ "code": "instance-stop", "noticeSeconds": -1 }] }""", "$.events[0].noticeSeconds")]
    public async Task Put_NoEvents_IsBadRequestThatSaysWhy(string body, string why)
    {
        var answer = await PutAsync("127.9.1.10", body);

        answer.Status.Should().Be(HttpStatusCode.BadRequest);
        answer.Body.Should().Contain(why);
    }

    [Test]
    public async Task Put_UnknownOrTerminatedHost_IsRefused()
    {
        (await PutAsync("127.9.9.9", "{}")).Status.Should().Be(HttpStatusCode.NotFound);
        Host.Vpc.SetHostState(Router, HostState.Terminated);
        (await PutAsync("127.9.1.10", "{}")).Status.Should().Be(HttpStatusCode.Conflict);
    }

    private async Task<IReadOnlyList<InstanceStatusEvent>> EventsAsync() => (await StatusAsync()).Events ?? [];

    private async Task<Amazon.EC2.Model.InstanceStatus> StatusAsync() =>
        (await Ec2.DescribeInstanceStatusAsync(new DescribeInstanceStatusRequest { InstanceIds = ["i-1"] })).InstanceStatuses.Single();

    private async Task<(HttpStatusCode Status, string Body)> PutAsync(string address, string body)
    {
        using var content = new StringContent(body);
        using var answer = await Http.PutAsync(new Uri($"/_simulator/hosts/{address}/events", UriKind.Relative), content);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }
}
