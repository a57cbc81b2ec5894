using VpcRouter.Testing.InMemory;
using VpcRouter.Vpc;

namespace VpcRouter.Tests.ModelCheck;

/// <summary>The VPC through time.</summary>
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
        try
        {
            var next = Current.Apply(write);
            if (next != Current)
                Change(_ => next);
            return null;
        }
        catch (VpcApiException refusal)
        {
            return refusal;
        }
    }

    public static VpcApiException Refusal(VpcApiErrorKind kind, string code) => new(kind, code, "as the scenario wants it");
}
