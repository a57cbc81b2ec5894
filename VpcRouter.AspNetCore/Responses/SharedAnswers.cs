using Microsoft.AspNetCore.Http;
using VpcRouter.AspNetCore.Routes;
using VpcRouter.Hosting;

namespace VpcRouter.AspNetCore.Responses;

/// <summary>
/// Makes an answer once for all who ask for the same within a moment. It serves for a second while the state is the same, and else for
/// twenty times as long as it took to make, a second at most: however many ask while the state changes, one page takes a twentieth of one core. What
/// is large is not kept but streamed to each, to browsers as text: HTML would have to be made as a whole for each. Thread-safe.
/// </summary>
internal sealed class SharedAnswers(IRouterState state, RenderGate gate, TimeProvider time)
{
    /// <summary>The most that an answer shows that is kept: one or two megabytes.</summary>
    public const int MostWeight = 4096;

    /// <summary>The most answers that are kept.</summary>
    public const int MostAnswers = 64;

    /// <summary>The most bytes of answers, kept or being sent. While slow readers hold so many, everybody is streamed to.</summary>
    public const int MostBytes = 64 * 1024 * 1024;

    private const int Share = 20;
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(1);
    private readonly Lock _lock = new();
    private readonly Dictionary<AnswerKey, SharedAnswer> _kept = [];
    private long _bytes;

    /// <summary>Answers a request.</summary>
    /// <param name="context">The request.</param>
    /// <param name="title">The page's name, for people.</param>
    /// <param name="make">Makes what the page shows. It may run after the request has ended, so it mustn't know of it.</param>
    public async Task<IResult> AnswerAsync(HttpContext context, string title, Func<PageContent> make)
    {
        var request = context.Request;
        var form = Negotiation.FormFor(request.Headers.Accept);
        if (form == ResponseForm.None)
            return PageResult.NotAcceptable(context);
        var home = MountPoint.Home(request);
        var shared = Join(new AnswerKey(request.PathBase + request.Path + request.QueryString, form), key => MakeAsync(key, home, title, make));
        context.Response.RegisterForDispose(new Lease(this, shared));
        return await shared.Made.Task.ConfigureAwait(false) switch
        {
            { Answer: { } answer } => new AnswerResult(answer),
            { IsTooLarge: true } => await StreamAsync(context, isIndented: form != ResponseForm.Json, make).ConfigureAwait(false),
            _ => PageResult.Busy(context),
        };
    }

    private async Task<IResult> StreamAsync(HttpContext context, bool isIndented, Func<PageContent> make)
    {
        if (!await gate.TryEnterAsync().ConfigureAwait(false))
            return PageResult.Busy(context);
        try
        {
            return new StreamedPage(isIndented, gate, make());
        }
        finally
        {
            gate.Leave();
        }
    }

    private SharedAnswer Join(AnswerKey key, Func<SharedAnswer, Task> begin)
    {
        SharedAnswer fresh;
        lock (_lock)
        {
            if (_kept.TryGetValue(key, out var known))
            {
                if (!known.Made.Task.IsCompleted || Serves(known))
                {
                    known.Users++;
                    return known;
                }

                Forget(known);
            }

            if (_kept.Count >= MostAnswers)
                ForgetOldest();
            _kept[key] = fresh = new SharedAnswer(key) { Users = 2 };
        }

        _ = begin(fresh);
        return fresh;
    }

    private bool Serves(SharedAnswer shared)
    {
        var now = time.GetTimestamp();
        var age = time.GetElapsedTime(shared.MadeAt, now);
        // What has changed counts from when it was read, for that may have been before the page was made.
        return age < Moment
            && ((age < shared.Cost * Share && time.GetElapsedTime(shared.ReadAt, now) < Moment) || (shared.Shown is { } shown && ShownState.IsSame(shown, state.Current)));
    }

    // Nobody waits for this method itself: whatever becomes of it, those who joined are told.
    private async Task MakeAsync(SharedAnswer shared, string home, string title, Func<PageContent> make)
    {
        try
        {
            if (!await gate.TryEnterAsync().ConfigureAwait(false))
            {
                Settle(shared, MadeAnswer.None);
                return;
            }

            try
            {
                var began = time.GetTimestamp();
                var content = make();
                (shared.Shown, shared.ReadAt) = (content.Shown, content.ReadAt ?? began);
                var made = content.Weight > MostWeight ? MadeAnswer.TooLarge : new MadeAnswer(await Answer.MakeAsync(shared.Key.Form, home, title, content).ConfigureAwait(false));
                shared.MadeAt = time.GetTimestamp();
                shared.Cost = time.GetElapsedTime(began, shared.MadeAt);
                Settle(shared, made);
            }
            finally
            {
                gate.Leave();
            }
        }
        catch (Exception e)
        {
            lock (_lock)
                Forget(shared);
            shared.Made.SetException(e);
        }
    }

    private void Settle(SharedAnswer shared, MadeAnswer made)
    {
        lock (_lock)
        {
            shared.Counted = made.Answer;
            _bytes += made.Answer?.Body.Length ?? 0;
            while (_bytes > MostBytes && ForgetOldest(but: shared))
            {
                // What is being sent stays until it is sent.
            }

            if (_bytes > MostBytes)
            {
                Discount(shared);
                made = MadeAnswer.TooLarge;
            }

            if (made is { Answer: null, IsTooLarge: false })
                Forget(shared);
        }

        shared.Made.SetResult(made);
    }

    private bool ForgetOldest(SharedAnswer? but = null)
    {
        var oldest = _kept.Values.Where(kept => kept != but && kept.Made.Task.IsCompleted).MinBy(kept => kept.MadeAt);
        if (oldest is not null)
            Forget(oldest);
        return oldest is not null;
    }

    private void Forget(SharedAnswer shared)
    {
        if (_kept.TryGetValue(shared.Key, out var kept) && kept == shared && _kept.Remove(shared.Key))
            Leave(shared);
    }

    private void Leave(SharedAnswer shared)
    {
        if (--shared.Users == 0)
            Discount(shared);
    }

    private void Discount(SharedAnswer shared)
    {
        _bytes -= shared.Counted?.Body.Length ?? 0;
        shared.Counted?.Dispose();
        shared.Counted = null;
    }

    private sealed class Lease(SharedAnswers owner, SharedAnswer shared) : IDisposable
    {
        public void Dispose()
        {
            lock (owner._lock)
                owner.Leave(shared);
        }
    }
}
