using VpcRouter.Simulator.Model;

namespace VpcRouter.Simulator.Endpoint.Actions;

/// <summary>A dead host keeps its good status: EC2 notices such deaths late or never.</summary>
internal sealed class DescribeInstanceStatus : DescribeAction<Instance>
{
    private static readonly string[] Checks = ["instanceStatus", "systemStatus"];

    public override string Name => "DescribeInstanceStatus";

    protected override string IdParameter => "InstanceId";

    protected override FilterTable<Instance> Filters { get; } = new FilterTable<Instance>()
        .By("availability-zone", i => i.Zone)
        .By("instance-state-name", i => i.State.Name())
        .By("instance-state-code", i => $"{(int)i.State}")
        .By("instance-status.status", StatusOf)
        .By("instance-status.reachability", ReachabilityOf)
        .By("system-status.status", StatusOf)
        .By("system-status.reachability", ReachabilityOf)
        .ByMany("event.code", i => EventsOf(i).Select(e => e.Event.Code))
        .ByMany("event.description", i => EventsOf(i).Select(e => e.Event.Description))
        .ByMany("event.instance-event-id", i => EventsOf(i).Select(e => e.Id));

    protected override IEnumerable<Instance> All(VpcModel model) => model.Instances.Values.Where(i => !i.IsForgotten);

    protected override string IdOf(Instance item) => item.Id;

    protected override Instance Require(VpcModel model, string id) => model.RequireInstance(id);

    /// <summary>Without IncludeAllInstances only running ones are reported, even of those asked for by id.</summary>
    protected override bool Shows(Instance item, QueryRequest request) =>
        item.State == InstanceState.Running || request.Flag("IncludeAllInstances");

    protected override void Write(VpcModel model, IReadOnlyList<Instance> items, Ec2Xml xml) =>
        xml.List("instanceStatusSet", items, instance =>
        {
            xml.Value("instanceId", instance.Id);
            xml.Value("availabilityZone", instance.Zone);
            xml.Group("instanceState", () => InstanceStateXml.Write(instance.State, xml));
            foreach (var check in Checks)
            {
                xml.Group(check, () =>
                {
                    xml.Value("status", StatusOf(instance));
                    xml.List("details", ReachabilityOf(instance) is { } status ? [status] : Array.Empty<string>(), status =>
                    {
                        xml.Value("name", "reachability");
                        xml.Value("status", status);
                        if (status == "failed")
                            xml.Value("impairedSince", instance.StatusSince);
                    });
                });
            }

            xml.List("eventsSet", EventsOf(instance), scheduled =>
            {
                xml.Value("instanceEventId", scheduled.Id);
                xml.Value("code", scheduled.Event.Code);
                xml.Value("description", scheduled.Event.Description);
                xml.Value("notBefore", scheduled.Since + scheduled.Event.Notice);
            });
        });

    private static string StatusOf(Instance instance) => instance.State switch
    {
        InstanceState.Running when instance.Status is HostStatus.Impaired or HostStatus.Initializing => instance.Status.Name(),
        InstanceState.Running => "ok",
        InstanceState.Pending => "initializing",
        _ => "not-applicable",
    };

    private static string? ReachabilityOf(Instance instance) => StatusOf(instance) switch
    {
        "impaired" => "failed",
        "ok" => "passed",
        "initializing" => "initializing",
        _ => null,
    };

    /// <summary>The events set, and the one that the status implies.</summary>
    private static IEnumerable<(string Id, SimulatedEvent Event, DateTimeOffset Since)> EventsOf(Instance instance)
    {
        if (instance.State == InstanceState.Terminated)
            return [];
        var events = instance.Events.Select(e => (Event: e, Since: instance.EventsSince));
        if (instance.Status == HostStatus.Retiring)
            events = events.Prepend((SimulatedEvent.Retirement, instance.StatusSince));
        return events.Select((e, i) => ($"instance-event-{instance.Id["i-".Length..]}{(i == 0 ? "" : $"-{i}")}", e.Event, e.Since));
    }
}
