using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;

namespace VpcRouter.Cli.Server;

/// <summary>
/// Lets newcomers in when all places are taken: the connection that has been idle for longest goes, be it one that is kept for a next
/// request or one whose request never comes to its end. So nobody can keep a probe of <c>/healthz</c> out by holding connections;
/// those on which a request is being answered stay. Thread-safe.
/// </summary>
/// <param name="most">How many places there are.</param>
internal sealed class ConnectionPlaces(int most)
{
    private readonly Lock _lock = new();
    private readonly LinkedList<ConnectionPlace> _idle = new();
    private int _taken;

    /// <summary>Gives a connection a place until it ends.</summary>
    public async Task OnConnectionAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        var place = new ConnectionPlace(connection);
        connection.Features.Set(place);
        Take(place)?.Connection.Abort(new ConnectionAbortedException("All connections are taken, and this one was idle for longest."));
        try
        {
            await next(connection).ConfigureAwait(false);
        }
        finally
        {
            lock (_lock)
            {
                _taken--;
                place.IsOver = true;
                Occupy(place);
            }
        }
    }

    /// <summary>Keeps a connection's place while a request of it is answered.</summary>
    public async Task OnRequestAsync(HttpContext context, RequestDelegate next)
    {
        if (context.Features.Get<ConnectionPlace>() is not { } place)
        {
            await next(context).ConfigureAwait(false);
            return;
        }

        lock (_lock)
        {
            place.Requests++;
            Occupy(place);
        }

        try
        {
            await next(context).ConfigureAwait(false);
        }
        finally
        {
            lock (_lock)
            {
                if (--place.Requests == 0 && !place.IsOver)
                    place.Idle = _idle.AddLast(place);
            }
        }
    }

    private ConnectionPlace? Take(ConnectionPlace newcomer)
    {
        lock (_lock)
        {
            var oldest = ++_taken > most ? _idle.First?.Value : null;
            if (oldest is not null)
                Occupy(oldest);
            newcomer.Idle = _idle.AddLast(newcomer);
            return oldest;
        }
    }

    private void Occupy(ConnectionPlace place)
    {
        if (place.Idle is null)
            return;
        _idle.Remove(place.Idle);
        place.Idle = null;
    }
}
