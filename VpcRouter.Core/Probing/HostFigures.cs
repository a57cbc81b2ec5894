using System.Net;

namespace VpcRouter.Probing;

/// <summary>What the status page shows of a host, beside its histogram of round-trip times.</summary>
internal struct HostFigures
{
    /// <summary>How many of the newest probes the loss is counted over, at most.</summary>
    private const int LossWindow = 1024;

    public IPAddress? Address;
    public float LastRoundTrip;
    private ushort _ended;
    private ushort _lost;

    public readonly double Loss => _ended == 0 ? 0 : (double)_lost / _ended;

    public void Count(bool lost)
    {
        if (_ended == LossWindow)
        {
            _ended /= 2;
            _lost /= 2;
        }

        _ended++;
        _lost += lost ? (ushort)1 : (ushort)0;
    }
}
