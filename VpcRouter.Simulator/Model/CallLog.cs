namespace VpcRouter.Simulator.Model;

/// <summary>The newest calls, in a ring of fixed size. Thread-safe.</summary>
internal sealed class CallLog(int capacity)
{
    private readonly Lock _gate = new();
    private readonly SimulatorCall[] _ring = new SimulatorCall[capacity];
    private long _last;

    public SimulatorCall Add(SimulatorCall call)
    {
        lock (_gate)
        {
            var numbered = call with { Sequence = ++_last };
            _ring[(_last - 1) % capacity] = numbered;
            return numbered;
        }
    }

    public IReadOnlyList<SimulatorCall> Since(long sequence)
    {
        lock (_gate)
        {
            var first = Math.Max(Math.Max(sequence, 0), _last - capacity);
            var calls = new List<SimulatorCall>();
            for (var i = first; i < _last; i++)
                calls.Add(_ring[i % capacity]);
            return calls;
        }
    }
}
