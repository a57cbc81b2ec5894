using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace VpcRouter.Benchmarks.HttpLoad;

/// <summary>Many clients that poll, each on a connection of its own, and some that never come to the end of a request.</summary>
internal sealed class Crowd(Uri server) : IDisposable
{
    private static readonly string[] Pages = ["/ips", "/route_info", "/readyz", "/vpc"];
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private readonly CancellationTokenSource _end = new();
    private long _requests;
    private long _failed;

    /// <summary>Runs until the standard input ends, then reports on the standard output.</summary>
    public static async Task RunAsync(Uri server)
    {
        using var crowd = new Crowd(server);
        var first = Enumerable.Range(0, HttpLoadBenchmark.Clients).Select(_ => new TaskCompletionSource()).ToList();
        var clients = first.Select(crowd.PollAsync).Concat(Enumerable.Range(0, HttpLoadBenchmark.SlowClients).Select(_ => crowd.DawdleAsync())).ToList();
        await Task.WhenAll(first.Select(answered => answered.Task));
        var (requests, failed, readyAt) = (Interlocked.Read(ref crowd._requests), Interlocked.Read(ref crowd._failed), TimeProvider.System.GetTimestamp());
        Console.WriteLine(CrowdProcess.Ready);
        await Console.In.ReadToEndAsync();
        var report = new CrowdReport(TimeProvider.System.GetElapsedTime(readyAt).TotalSeconds, Interlocked.Read(ref crowd._requests) - requests, Interlocked.Read(ref crowd._failed) - failed);
        await crowd._end.CancelAsync();
        await Task.WhenAll(clients);
        Console.WriteLine(JsonSerializer.Serialize(report));
    }

    public void Dispose() => _end.Dispose();

    private async Task PollAsync(TaskCompletionSource first, int number)
    {
        using var client = new HttpClient { BaseAddress = server };
        try
        {
            await Task.Delay(Pause * number / HttpLoadBenchmark.Clients, TimeProvider.System, _end.Token);
            while (true)
            {
                await AskAsync(client, Pages[number % Pages.Length]);
                first.TrySetResult();
                await Task.Delay(Pause, TimeProvider.System, _end.Token);
            }
        }
        catch (OperationCanceledException)
        {
            first.TrySetResult();
        }
    }

    private async Task AskAsync(HttpClient client, string page)
    {
        try
        {
            using var answer = await client.GetAsync(new Uri(page, UriKind.Relative), _end.Token);
            Interlocked.Increment(ref answer.IsSuccessStatusCode ? ref _requests : ref _failed);
        }
        catch (HttpRequestException)
        {
            Interlocked.Increment(ref _failed);
        }
    }

    // Cut off by the server, it comes again.
    private async Task DawdleAsync()
    {
        while (!_end.IsCancellationRequested)
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync(server.Host, server.Port, _end.Token);
                await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes("GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: "), _end.Token);
                while (true)
                {
                    await Task.Delay(Pause, TimeProvider.System, _end.Token);
                    await client.GetStream().WriteAsync("x"u8.ToArray(), _end.Token);
                }
            }
            catch (Exception e) when (e is IOException or SocketException or OperationCanceledException)
            {
                // Another try, or the end.
            }
        }
    }
}
