using VpcRouter.Simulator.Model;

namespace VpcRouter.Simulator.Endpoint.Actions;

/// <summary>A dead host keeps its good status: EC2 notices such deaths late or never.</summary>
internal sealed class DescribeInstanceStatus : DescribeAction<Instance>
{
    private static readonly string[] Checks = ["instanceStatus", "systemStatus"];

    // Amazon announces retirements two weeks ahead.
    private static readonly TimeSpan RetirementNotice = TimeSpan.FromDays(14);

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
        .By("event.code", EventOf)
        .By("event.instance-event-id", i => EventOf(i) is null ? null : EventId(i));

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

            xml.List("eventsSet", EventOf(instance) is { } code ? [code] : Array.Empty<string>(), code =>
            {
                xml.Value("instanceEventId", EventId(instance));
                xml.Value("code", code);
                xml.Value("description", "The instance is running on degraded hardware");
                xml.Value("notBefore", instance.StatusSince + RetirementNotice);
            });
        });

    private static string StatusOf(Instance instance) => instance.State switch
    {
        InstanceState.Running => instance.Status == HostStatus.Impaired ? "impaired" : "ok",
        InstanceState.Pending => "initializing",
        _ => "not-applicable",
    };

    private static string? ReachabilityOf(Instance instance) => instance.State switch
    {
        InstanceState.Running => instance.Status == HostStatus.Impaired ? "failed" : "passed",
        InstanceState.Pending => "initializing",
        _ => null,
    };

    private static string? EventOf(Instance instance) =>
        instance.Status == HostStatus.Retiring && instance.State != InstanceState.Terminated ? "instance-retirement" : null;

    private static string EventId(Instance instance) => "instance-event-" + instance.Id["i-".Length..];
}
