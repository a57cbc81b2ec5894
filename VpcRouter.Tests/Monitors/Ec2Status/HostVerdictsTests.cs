using System.Collections.Immutable;
using System.Net;
using VpcRouter.Health;
using VpcRouter.Monitors.Ec2Status;
using VpcRouter.Vpc;

namespace VpcRouter.Tests.Monitors.Ec2Status;

internal sealed class HostVerdictsTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [TestCase(InstanceState.Running, HealthState.Healthy, "")]
    [TestCase(InstanceState.Stopped, HealthState.Failed, "instance i-1 is stopped")]
    [TestCase(InstanceState.Terminated, HealthState.Failed, "instance i-1 is terminated")]
    [TestCase(InstanceState.Stopping, HealthState.Questionable, "instance i-1 is stopping")]
    [TestCase(InstanceState.ShuttingDown, HealthState.Questionable, "instance i-1 is shutting down")]
    [TestCase(InstanceState.Pending, HealthState.Questionable, "instance i-1 is only starting")]
    [TestCase(InstanceState.Unknown, HealthState.Healthy, "instance i-1 is in a state that this version doesn't know")]
    public void Of_State_GivesVerdict(InstanceState state, HealthState verdict, string reason) =>
        HostVerdicts.Of(new InstanceStatus("i-1", state)).Should().Be(new HostVerdict(verdict, reason));

    [TestCase(StatusCheck.Ok, StatusCheck.Ok, HealthState.Healthy)]
    [TestCase(StatusCheck.Initializing, StatusCheck.Initializing, HealthState.Healthy)]
    [TestCase(StatusCheck.InsufficientData, StatusCheck.Ok, HealthState.Healthy)]
    [TestCase(StatusCheck.NotApplicable, StatusCheck.NotApplicable, HealthState.Healthy)]
    [TestCase(StatusCheck.Impaired, StatusCheck.Ok, HealthState.Failed)]
    [TestCase(StatusCheck.Ok, StatusCheck.Impaired, HealthState.Failed)]
    public void Of_Checks_OnlyImpairedFails(StatusCheck instance, StatusCheck system, HealthState verdict) =>
        HostVerdicts.Of(new InstanceStatus("i-1", InstanceState.Running) { InstanceCheck = instance, SystemCheck = system }).State.Should().Be(verdict);

    [Test]
    public void Of_ScheduledEvents_TheFirstThatIsNotOverMakesItQuestionable()
    {
        var status = new InstanceStatus("i-1", InstanceState.Running)
        {
            Events =
            [
                new ScheduledEvent("system-reboot", "", Noon.AddDays(2)),
                new ScheduledEvent("instance-retirement", "", Noon.AddDays(1)),
                new ScheduledEvent("instance-stop", "", Noon) { IsOver = true },
            ],
        };

        HostVerdicts.Of(status).Should().Be(HostVerdict.Questionable("instance-retirement is scheduled for instance i-1, not before 2026-03-02 12:00 UTC"));
    }

    [Test]
    public void Of_EventsThatAreOver_Healthy() =>
        HostVerdicts.Of(new InstanceStatus("i-1", InstanceState.Running) { Events = [new ScheduledEvent("instance-stop", "", null) { IsOver = true }] }).Should().Be(HostVerdict.Healthy);

    [Test]
    public void Of_ImpairedWithAnEvent_Failed() =>
        HostVerdicts.Of(new InstanceStatus("i-1", InstanceState.Running) { SystemCheck = StatusCheck.Impaired, Events = [new ScheduledEvent("instance-stop", "", null)] }).State.Should().Be(HealthState.Failed);

    [Test]
    public void Of_NoInterface_UnknownAndSoNotFailed()
    {
        var verdict = HostVerdicts.Of([], areGone: false, Statuses());

        verdict.Should().Match<HostVerdict>(it => it.State == HealthState.Healthy && it.IsUnknown && it.Reason == "no network interface carries its address");
    }

    [Test]
    public void Of_InterfaceOfNoInstance_Failed() =>
        HostVerdicts.Of([Interface(null, attached: false)], areGone: false, Statuses()).Should().Be(HostVerdict.Failed("network interface eni-1 is attached to no instance"));

    [Test]
    public void Of_InstanceHiddenAsInASharedVpc_Unknown() =>
        HostVerdicts.Of([Interface(null)], areGone: false, Statuses()).IsUnknown.Should().BeTrue();

    [Test]
    public void Of_InstanceNotKnownYet_Unknown() =>
        HostVerdicts.Of([Interface("i-1")], areGone: false, Statuses()).IsUnknown.Should().BeTrue();

    [TestCase(InstanceState.Running, HealthState.Questionable)]
    [TestCase(InstanceState.Stopped, HealthState.Failed)]
    public void Of_InterfaceBeingAttached_IsAtBestQuestionable(InstanceState state, HealthState verdict) =>
        HostVerdicts.Of([Interface("i-1", attached: false)], areGone: false, Statuses(("i-1", state))).State.Should().Be(verdict);

    [Test]
    public void Of_TwoInterfacesClaimTheAddress_TheBetterOneCounts() =>
        HostVerdicts.Of([Interface("i-1"), Interface("i-2")], areGone: false, Statuses(("i-1", InstanceState.Stopped), ("i-2", InstanceState.Running))).Should().Be(HostVerdict.Healthy);

    [TestCase(InstanceState.Terminated, HealthState.Failed)]
    [TestCase(InstanceState.ShuttingDown, HealthState.Questionable)]
    [TestCase(InstanceState.Running, HealthState.Healthy)]
    public void Of_InterfaceGone_GoesByItsLastInstance(InstanceState state, HealthState verdict) =>
        HostVerdicts.Of([Interface("i-1")], areGone: true, Statuses(("i-1", state))).State.Should().Be(verdict);

    [Test]
    public void Of_InterfaceAndInstanceGone_Failed() =>
        HostVerdicts.Of([Interface("i-1")], areGone: true, Statuses()).Should().Be(HostVerdict.Failed("instance i-1 is gone"));

    private static NetworkInterface Interface(string? instance, bool attached = true) =>
        new("eni-1", "subnet-1", "us-east-1a", [IPAddress.Parse("10.0.0.1")]) { InstanceId = instance, IsAttached = attached };

    private static ImmutableDictionary<string, InstanceStatus> Statuses(params (string Id, InstanceState State)[] statuses) =>
        statuses.ToImmutableDictionary(status => status.Id, status => new InstanceStatus(status.Id, status.State));
}
