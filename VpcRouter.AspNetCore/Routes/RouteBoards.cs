using VpcRouter.Hosting;

namespace VpcRouter.AspNetCore.Routes;

/// <summary>
/// Makes the board of the state now, once for all who ask. While the state changes faster than boards can be made, a board serves for
/// ten times as long as it took to make, a second at most: however many clients, that takes about a tenth of one core. Thread-safe.
/// </summary>
internal sealed class RouteBoards(IRouterState state, TimeProvider time)
{
    private const int Share = 10;
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(1);
    private readonly Lock _lock = new();
    private RouteBoard? _board;
    private TimeSpan _cost;

    public RouteBoard Current
    {
        get
        {
            lock (_lock)
            {
                var began = time.GetTimestamp();
                var status = state.Current;
                if (_board is not null && (ShownState.IsSame(_board.Status, status) || Serves(time.GetElapsedTime(_board.ReadAt, began))))
                    return _board;
                _board = new RouteBoard(status) { ReadAt = began };
                _cost = time.GetElapsedTime(began);
                return _board;
            }
        }
    }

    private bool Serves(TimeSpan age) => age < Moment && age < _cost * Share;
}
