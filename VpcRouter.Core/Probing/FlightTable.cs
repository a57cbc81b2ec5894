namespace VpcRouter.Probing;

/// <summary>The probes under way, each in a place of one array; a probe's number names the place and how often it was used. Not thread-safe.</summary>
internal sealed class FlightTable
{
    public const int None = -1;
    private Flight[] _flights = [];
    private int _free = None;
    private int _used;

    public ref Flight this[int place] => ref _flights[place];

    public int Add(int host, TimeSpan sentAt)
    {
        var place = _free;
        if (place != None)
        {
            _free = _flights[place].Next;
        }
        else
        {
            place = _used++;
            if (place >= _flights.Length)
                Array.Resize(ref _flights, Math.Max(256, _flights.Length * 2));
        }

        ref var flight = ref _flights[place];
        flight.Generation++;
        flight.Host = host;
        flight.SentAt = sentAt;
        flight.Next = None;
        flight.State = FlightState.Pending;
        return place;
    }

    public void Remove(int place)
    {
        ref var flight = ref _flights[place];
        flight.State = FlightState.Free;
        flight.Reason = null;
        flight.Next = _free;
        _free = place;
    }

    public ulong NumberOf(int place) => ((ulong)_flights[place].Generation << 32) | (uint)place;

    /// <summary>Finds a probe that is under way; one that ended is not found, nor is one of another host.</summary>
    public bool TryFind(ulong number, int host, out int place)
    {
        place = (int)(uint)number;
        if ((uint)place >= (uint)_used)
            return false;
        ref readonly var flight = ref _flights[place];
        return flight.State is FlightState.Pending or FlightState.Settled && flight.Generation == (uint)(number >> 32) && flight.Host == host;
    }
}
