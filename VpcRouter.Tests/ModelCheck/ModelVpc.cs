using VpcRouter.Tests.Support;
using VpcRouter.Vpc;

namespace VpcRouter.Tests.ModelCheck;

/// <summary>The VPC through time, with EC2's rules for writes.</summary>
internal sealed class ModelVpc(VpcState initial, TimeProvider time)
{
    private readonly List<(DateTimeOffset From, VpcState State)> _history = [(DateTimeOffset.MinValue, initial)];

    public VpcState Current => _history[^1].State;

    public VpcState At(DateTimeOffset moment) => _history.FindLast(version => version.From <= moment).State;

    public void Change(Func<VpcState, VpcState> change) => _history.Add((time.GetUtcNow(), change(Current)));

    /// <summary>Whether an interface has been attached to a running instance for all of a time.</summary>
    public bool HasRunFor(string networkInterface, TimeSpan duration)
    {
        var since = time.GetUtcNow() - duration;
        var first = _history.FindLastIndex(version => version.From <= since);
        return _history.Skip(first).All(version => version.State.Interfaces.Any(item =>
            item.Id == networkInterface && item.IsAttached && item.InstanceId is { } instance && !version.State.StoppedInstances.Contains(instance)));
    }

    /// <summary>Carries a write out as EC2 does.</summary>
    /// <returns>Why EC2 refuses it, or <see langword="null"/>.</returns>
    public VpcApiException? Apply(VpcWrite write)
    {
        var existing = Current.RouteAt(write.RouteTableId, write.Destination);
        switch (write.Action)
        {
            case VpcAction.Create when existing is not null:
                return existing.Target == write.Target ? null : Refusal(VpcApiErrorKind.RouteAlreadyExists, "RouteAlreadyExists");
            case VpcAction.Replace when existing is null:
                return Refusal(VpcApiErrorKind.RouteNotFound, "InvalidParameterValue");
            case VpcAction.Delete when existing is null:
                return Refusal(VpcApiErrorKind.RouteNotFound, "InvalidRoute.NotFound");
            case VpcAction.Delete:
                Change(state => state.Without(write.RouteTableId, write.Destination));
                return null;
        }

        if (write.Target is { Kind: RouteTargetKind.NetworkInterface } target && !Current.Interfaces.Any(item => item.Id == target.Id))
            return Refusal(VpcApiErrorKind.Refused, "InvalidNetworkInterfaceID.NotFound");
        Change(state => state.With(write.RouteTableId, write.Destination, write.Target!.Value));
        return null;
    }

    public static VpcApiException Refusal(VpcApiErrorKind kind, string code) => new(kind, code, "as the scenario wants it");
}
