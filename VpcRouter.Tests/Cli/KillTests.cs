using System.Globalization;
using System.Net;
using System.Text;
using VpcRouter.Tests.Support;

namespace VpcRouter.Tests.Cli;

/// <summary>
/// The process killed at random moments while specs are posted to it, 200 times in two lanes. What it answered 200 to last is in force
/// after each restart, bit for bit; or else the spec that it was being sent when it died, of which nobody was told anything.
/// </summary>
[Parallelizable(ParallelScope.All)]
internal sealed class KillTests
{
    private const int KillsOfALane = 100;

    // A life is some answers and a rest in which it is somewhere in the next few posts.
    private const int MostAnswers = 4;
    private const double LongestRest = 8;

    // Nobody answers there: a router that can't see its VPC takes specs all the same.
    private static readonly string[] Router = ["-m", "http", "-H", "always", "-p", "0", .. CliRig.PlaceAt(new Uri("http://127.0.0.1:9"))];

    [Test]
    public async Task Kill_WhileSpecsArePosted_LastAnsweredIsInForceAfterRestart([Values(1, 2)] int seed)
    {
        using var folder = new TemporaryFolder();
        // Two of them: how many documents a life sees depends on the machine, and how long it lasts mustn't.
        Random lives = new(seed), documents = new(seed);
        var lane = new Lane();
        for (var kill = 0; kill <= KillsOfALane; kill++)
        {
            await using var router = CliProcess.Start([.. Router, "--state-dir", folder["state"]], ("DOTNET_TieredPGO", "0"));
            using var client = new HttpClient { BaseAddress = await router.UrlAsync() };
            lane.Expect(await GetAsync(client), kill);
            if (kill == KillsOfALane)
                break;
            var due = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var rest = TimeSpan.FromMilliseconds(lives.NextDouble() * LongestRest);
            var posting = lane.PostUntilDeadAsync(client, documents, lives.Next(MostAnswers), due);
            await due.Task.WaitAsync(CliProcess.Patience);
            await Task.Delay(rest, TimeProvider.System);
            await router.KillAsync();
            await posting.WaitAsync(CliProcess.Patience);
        }

        await TestContext.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"seed {seed}: {KillsOfALane} kills, {lane.Answered} specs answered, {lane.Unanswered} times the one under way was in force"));
        lane.Answered.Should().BeGreaterThan(KillsOfALane);
    }

    private static async Task<string?> GetAsync(HttpClient client)
    {
        using var response = await client.GetAsync(new Uri("/route_spec", UriKind.Relative));
        return response.StatusCode == HttpStatusCode.NotFound ? null : await response.EnsureSuccessStatusCode().Content.ReadAsStringAsync();
    }

    private sealed class Lane
    {
        private string? _answered;
        private string? _underWay;
        private int _number;

        public int Answered { get; private set; }

        public int Unanswered { get; private set; }

        public void Expect(string? inForce, int kill)
        {
            if (inForce is not null && inForce == _underWay)
                Unanswered++;
            else
                Assert.That(inForce, Is.EqualTo(_answered), $"after kill {kill}");
            (_answered, _underWay) = (inForce, null);
        }

        public async Task PostUntilDeadAsync(HttpClient client, Random random, int answers, TaskCompletionSource due)
        {
            try
            {
                while (true)
                {
                    if (answers-- <= 0)
                        due.TrySetResult();
                    _underWay = Document(random);
                    using var content = new StringContent(_underWay, Encoding.UTF8, "application/json");
                    using var response = await client.PostAsync(new Uri("/route_spec", UriKind.Relative), content);
                    Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
                    (_answered, _underWay) = (_underWay, null);
                    Answered++;
                }
            }
            catch (HttpRequestException e)
            {
                // It is dead, and if it wasn't due yet, that is the failure.
                due.TrySetException(e);
            }
        }

        // Small ones are stored often, large ones long enough to be killed in the middle.
        private string Document(Random random)
        {
            var entries = random.Next(3) == 0 ? random.Next(2000, 5000) : random.Next(1, 20);
            var number = ++_number;
            return "{" + string.Join(",\n", Enumerable.Range(0, entries).Select(i => $"\"10.{i / 256}.{i % 256}.0/24\": [\"10.{number / 256 % 256}.{number % 256}.1\"]")) + "}";
        }
    }
}
