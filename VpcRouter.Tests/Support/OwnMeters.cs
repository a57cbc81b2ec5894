using System.Diagnostics.Metrics;

namespace VpcRouter.Tests.Support;

/// <summary>Makes meters that can be told from those of other routers in the process: it is their scope.</summary>
internal sealed class OwnMeters : IMeterFactory
{
    private readonly List<Meter> _made = [];

    public Meter Create(MeterOptions options)
    {
        options.Scope = this;
        var meter = new Meter(options);
        _made.Add(meter);
        return meter;
    }

    public void Dispose() => _made.ForEach(meter => meter.Dispose());
}
