using System.Globalization;
using VpcRouter.Health;
using VpcRouter.Vpc;

namespace VpcRouter.Monitors.Ec2Status;

/// <summary>Judges hosts by what EC2 knows of their interfaces and instances. Pure.</summary>
internal static class HostVerdicts
{
    private const string NoInterface = "no network interface carries its address";

    /// <summary>The verdict on a host.</summary>
    /// <param name="carriers">The interfaces that carry its address, or, when none does any more, that carried it last.</param>
    /// <param name="areGone">Whether those are the ones that carried it last.</param>
    /// <param name="statuses">What EC2 knows of the instances, by id.</param>
    public static HostVerdict Of(IReadOnlyCollection<NetworkInterface> carriers, bool areGone, IReadOnlyDictionary<string, InstanceStatus> statuses)
    {
        if (carriers.Count == 0)
            return HostVerdict.Unknown(NoInterface);
        var verdicts = carriers.Select(carrier => areGone ? OfFormer(carrier, statuses) : Of(carrier, statuses));
        // Two interfaces may claim one address for a while, an old one and its successor: the better one forwards.
        return verdicts.MinBy(verdict => verdict.State);
    }

    public static HostVerdict Of(InstanceStatus status) => status.State switch
    {
        InstanceState.Stopped => HostVerdict.Failed($"instance {status.InstanceId} is stopped"),
        InstanceState.Terminated => HostVerdict.Failed($"instance {status.InstanceId} is terminated"),
        InstanceState.Stopping => HostVerdict.Questionable($"instance {status.InstanceId} is stopping"),
        InstanceState.ShuttingDown => HostVerdict.Questionable($"instance {status.InstanceId} is shutting down"),
        InstanceState.Pending => HostVerdict.Questionable($"instance {status.InstanceId} is only starting"),
        InstanceState.Running => OfRunning(status),
        _ => HostVerdict.Unknown($"instance {status.InstanceId} is in a state that this version doesn't know"),
    };

    private static HostVerdict Of(NetworkInterface carrier, IReadOnlyDictionary<string, InstanceStatus> statuses)
    {
        if (carrier.InstanceId is not { } instance)
            return carrier.IsAttached ? HostVerdict.Unknown("EC2 doesn't show its instance") : HostVerdict.Failed($"network interface {carrier.Id} is attached to no instance");
        if (!statuses.TryGetValue(instance, out var status))
            return HostVerdict.Unknown($"EC2 doesn't know instance {instance} yet");
        var verdict = Of(status);
        return carrier.IsAttached || verdict.State != HealthState.Healthy ? verdict : HostVerdict.Questionable($"network interface {carrier.Id} is being attached or detached");
    }

    // A terminated instance takes its interfaces with it, and is itself forgotten an hour later; its host has failed all the same.
    private static HostVerdict OfFormer(NetworkInterface carrier, IReadOnlyDictionary<string, InstanceStatus> statuses)
    {
        if (carrier.InstanceId is not { } instance)
            return HostVerdict.Unknown(NoInterface);
        if (!statuses.TryGetValue(instance, out var status))
            return HostVerdict.Failed($"instance {instance} is gone");
        var verdict = Of(status);
        return verdict.State == HealthState.Healthy ? HostVerdict.Unknown(NoInterface) : verdict;
    }

    private static HostVerdict OfRunning(InstanceStatus status)
    {
        if (status.SystemCheck == StatusCheck.Impaired)
            return HostVerdict.Failed($"the system status check of instance {status.InstanceId} fails");
        if (status.InstanceCheck == StatusCheck.Impaired)
            return HostVerdict.Failed($"the instance status check of instance {status.InstanceId} fails");
        var ahead = status.Events.Where(scheduled => !scheduled.IsOver).ToArray();
        if (ahead.Length == 0)
            return HostVerdict.Healthy;
        var first = ahead.MinBy(scheduled => scheduled.NotBefore ?? DateTimeOffset.MinValue)!;
        var when = first.NotBefore is { } notBefore ? string.Create(CultureInfo.InvariantCulture, $", not before {notBefore:yyyy-MM-dd HH:mm} UTC") : "";
        return HostVerdict.Questionable($"{first.Code} is scheduled for instance {status.InstanceId}{when}");
    }
}
