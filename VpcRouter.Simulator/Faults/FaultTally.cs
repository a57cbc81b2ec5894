using System.Security.Cryptography;
using System.Text;

namespace VpcRouter.Simulator.Faults;

/// <summary>
/// One trigger at work. Thread-safe. The nth call that comes to it meets the same decision whenever seed and path are the same,
/// whatever other triggers decide.
/// </summary>
internal sealed class FaultTally(FaultTrigger trigger, int seed)
{
    private readonly Lock _gate = new();
    private readonly Random _random = new(BitConverter.ToInt32(SHA256.HashData(Encoding.UTF8.GetBytes($"{seed} {trigger.Path}"))));
    private long _met;
    private long _struck;

    public long Struck
    {
        get
        {
            lock (_gate)
                return _struck;
        }
    }

    /// <summary>Decides about a call.</summary>
    /// <returns>A random number for the effect when the fault strikes, else null.</returns>
    public double? Meet(string action, TimeSpan elapsed)
    {
        if (!trigger.IsDue(elapsed) || !trigger.Actions.Matches(action))
            return null;
        lock (_gate)
        {
            if (_met++ < trigger.SkipCalls || _struck >= trigger.Calls)
                return null;
            var (chance, roll) = (_random.NextDouble(), _random.NextDouble());
            if (chance >= trigger.Probability)
                return null;
            _struck++;
            return roll;
        }
    }
}
