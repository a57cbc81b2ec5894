using Amazon.EC2;
using Ec2Model = Amazon.EC2.Model;

namespace VpcRouter.Vpc.Ec2;

/// <summary>Turns the SDK's words for an instance's status into ours.</summary>
internal static class Ec2InstanceMapping
{
    public static InstanceStatus StatusOf(Ec2Model.InstanceStatus source) => new(source.InstanceId, StateOf(source.InstanceState?.Name))
    {
        InstanceCheck = CheckOf(source.Status?.Status),
        SystemCheck = CheckOf(source.SystemStatus?.Status),
        Events = [.. source.Events.OrEmpty().Select(EventOf)],
    };

    private static ScheduledEvent EventOf(Ec2Model.InstanceStatusEvent source)
    {
        var description = source.Description ?? "";
        return new ScheduledEvent(source.Code?.Value ?? "", description, source.NotBefore is { } notBefore ? new DateTimeOffset(notBefore.ToUniversalTime()) : null)
        {
            // EC2 has no field for it: it documents that the description of an event that is over begins so.
            IsOver = description.StartsWith("[Completed]", StringComparison.OrdinalIgnoreCase) || description.StartsWith("[Canceled]", StringComparison.OrdinalIgnoreCase),
        };
    }

    private static InstanceState StateOf(InstanceStateName? name) => name?.Value switch
    {
        "pending" => InstanceState.Pending,
        "running" => InstanceState.Running,
        "stopping" => InstanceState.Stopping,
        "stopped" => InstanceState.Stopped,
        "shutting-down" => InstanceState.ShuttingDown,
        "terminated" => InstanceState.Terminated,
        _ => InstanceState.Unknown,
    };

    private static StatusCheck CheckOf(SummaryStatus? status) => status?.Value switch
    {
        "ok" => StatusCheck.Ok,
        "impaired" => StatusCheck.Impaired,
        "initializing" => StatusCheck.Initializing,
        "insufficient-data" => StatusCheck.InsufficientData,
        _ => StatusCheck.NotApplicable,
    };
}
