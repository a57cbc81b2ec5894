using VpcRouter.Hosting;

namespace VpcRouter.AspNetCore.Routes;

/// <summary>
/// Makes the board of the state now, once for all who ask. While the state changes faster than boards can be made, a board serves for
/// ten times as long as it took to make: however large the VPC and however many clients, that takes at most a tenth of one core. Thread-safe.
/// </summary>
internal sealed class RouteBoards(IRouterState state, TimeProvider time)
{
    private const int Share = 10;
    private readonly Lock _lock = new();
    private RouteBoard? _board;
    private long _madeAt;
    private TimeSpan _cost;

    public RouteBoard Current
    {
        get
        {
            var status = state.Current;
            lock (_lock)
            {
                if (_board is not null && (ShownState.IsSame(_board.Status, status) || time.GetElapsedTime(_madeAt) < _cost * Share))
                    return _board;
                var began = time.GetTimestamp();
                _board = new RouteBoard(status);
                _madeAt = time.GetTimestamp();
                _cost = time.GetElapsedTime(began, _madeAt);
                return _board;
            }
        }
    }
}
