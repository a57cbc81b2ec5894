using System.Text.Json;
using VpcRouter.Simulator.Documents;

namespace VpcRouter.Simulator.Faults;

/// <summary>
/// How nasty a simulator is, as read and checked from JSON; <c>examples/faults.json</c> shows all there is. Immutable, and without
/// any state: the same faults may be in force in any number of simulators.
/// </summary>
/// <remarks>
/// <para>
/// The sections <c>latency</c>, <c>errors</c>, <c>credentials</c>, <c>denied</c>, <c>staleReads</c> and <c>pages</c> are lists of rules; in each list the first rule that
/// strikes a call decides. Every rule may say when it strikes: <c>actions</c> (a name with the wildcards * and ?, or an array of them;
/// default all), <c>probability</c> (0 to 1, default 1), <c>skipCalls</c> (matching calls spared at first, default 0), <c>calls</c>
/// (strikes at most, default any number), <c>afterSeconds</c> and <c>forSeconds</c> (0 to 86,400, counted from when the faults are put
/// in force; default at once and for ever). Decisions follow from <c>seed</c> (default 0): the nth call that comes to a rule is
/// always decided alike.
/// </para>
/// <list type="bullet">
/// <item><c>latency</c>: <c>seconds</c> plus up to <c>randomSeconds</c>. The call is carried out at once and its answer comes late.</item>
/// <item><c>errors</c>: <c>answer</c> is <c>error</c> (default, with <c>code</c> and, by choice, <c>status</c> from 400 to 599 and
/// <c>message</c>; without them EC2's own), <c>reset</c> (the connection breaks) or <c>none</c> (no answer ever). With
/// <c>carriedOut</c> the call takes effect nevertheless.</item>
/// <item><c>credentials</c>: rules with <c>state</c>: <c>expired</c> (EC2 answers <c>RequestExpired</c>), <c>expiredToken</c>
/// (<c>ExpiredToken</c>) or <c>invalid</c> (<c>AuthFailure</c>). They go before everything else.</item>
/// <item><c>denied</c>: rules for calls that the caller may not make, in the named <c>routeTables</c> (default all): they and their
/// dry runs are answered <c>UnauthorizedOperation</c>.</item>
/// <item><c>quotas</c>: <c>routes</c> (0 to 1,000) is the most that fit into the named <c>routeTables</c> (default all); the first that
/// names a table counts, before the topology's. Beyond it <c>CreateRoute</c> is answered <c>RouteLimitExceeded</c>.</item>
/// <item><c>hosts</c>: what befalls the host with <c>address</c> once, <c>afterSeconds</c> from when the faults are put in force:
/// a <c>state</c> (for example <c>replaced</c>), a <c>status</c>, another <c>instance</c> for its interface, other
/// <c>secondaryAddresses</c>. What befell a host stays when the faults end.</item>
/// <item><c>staleReads</c>: Describe answers show the VPC as it was <c>seconds</c> plus up to <c>randomSeconds</c> ago, 600 at most;
/// or with <c>frozen</c> as it was when the rule came into force. The history holds ten minutes and 4,096 changes.</item>
/// <item><c>pages</c>: no page holds more than <c>maxItems</c> (0 to 1,000). With 0 it is empty and its token leads nowhere new.</item>
/// <item><c>throttling</c>: an object puts EC2's token buckets in force; its <c>limits</c> (<c>actions</c>, <c>burst</c>,
/// <c>refillPerSecond</c>, <c>unfilteredOnly</c>) go before EC2's own. A call that an error strikes takes no token.</item>
/// <item><c>sharedVpc</c>: whether routes and attachments hide instance ids. <c>blackholes</c>: whether they show <c>instanceId</c>
/// (default: until the instance is terminated) and <c>interfaceId</c> (default true). These two are not counted.</item>
/// </list>
/// </remarks>
public sealed class SimulatorFaults
{
    private SimulatorFaults(JsonElement document, FaultSections sections)
    {
        Document = document;
        Sections = sections;
    }

    /// <summary>No faults at all: the document <c>{}</c>.</summary>
    public static SimulatorFaults None { get; } = Parse("{}");

    internal JsonElement Document { get; }

    internal FaultSections Sections { get; }

    /// <summary>Reads a faults file.</summary>
    /// <param name="path">The JSON file.</param>
    /// <exception cref="FaultsException">The document is not valid; carries every error.</exception>
    /// <exception cref="IOException">The file can't be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static SimulatorFaults Load(string path) => Parse(File.ReadAllText(path), path);

    /// <summary>Reads faults from JSON.</summary>
    /// <param name="json">The document.</param>
    /// <param name="source">What errors call the document, normally its path.</param>
    /// <exception cref="FaultsException">The document is not valid; carries every error.</exception>
    public static SimulatorFaults Parse(string json, string source = "(inline)")
    {
        var errors = new DocumentErrors();
        using var document = errors.Parse(json);
        if (document is not null)
        {
            var sections = FaultsReader.Read(document.RootElement, errors);
            if (errors.All.Count == 0)
                return new SimulatorFaults(document.RootElement.Clone(), sections);
        }

        throw new FaultsException(source, errors.All);
    }

    /// <summary>The document as it was given.</summary>
    public override string ToString() => Document.GetRawText();
}
