using VpcRouter.Simulator.Faults;

namespace VpcRouter.Tests.Simulator;

public sealed class SimulatorFaultsTests
{
    [TestCase("""[]""", "$: expected an object")]
    [TestCase("""{ "latncy": [] }""", "$.latncy: unknown property")]
    [TestCase("""{ "seed": 1, "seed": 2 }""", "$.seed: given twice")]
    [TestCase("""{ "seed": "x" }""", "$.seed: '\"x\"' is not a number")]
    [TestCase("""{ "throttling": true }""", "$.throttling: expected an object")]
    [TestCase("""{ "throttling": { "limits": [{ "actions": "CreateRoute", "burst": 1 }] } }""", "$.throttling.limits[0]: burst or refillPerSecond missing")]
    [TestCase("""{ "throttling": { "limits": [{ "burst": -1, "refillPerSecond": 1 }] } }""", "$.throttling.limits[0].burst: '-1' is not a number")]
    [TestCase("""{ "latency": {} }""", "$.latency: expected an array")]
    [TestCase("""{ "latency": [{}] }""", "$.latency[0].seconds: missing")]
    [TestCase("""{ "latency": [{ "seconds": -1 }] }""", "$.latency[0].seconds: '-1' is not a number from 0 to 86400")]
    [TestCase("""{ "latency": [{ "seconds": 1, "actions": "RebootTheMoon" }] }""", "$.latency[0].actions: no action is called 'RebootTheMoon'")]
    [TestCase("""{ "latency": [{ "seconds": 1, "actions": ["*", "Foo*"] }] }""", "$.latency[0].actions[1]: no action is called 'Foo*'")]
    [TestCase("""{ "latency": [{ "seconds": 1, "actions": 5 }] }""", "$.latency[0].actions: expected an array")]
    [TestCase("""{ "latency": [{ "seconds": 1, "actions": [] }] }""", "$.latency[0].actions: no action;")]
    [TestCase("""{ "errors": [{}] }""", "$.errors[0].code: missing")]
    [TestCase("""{ "errors": [{ "code": "" }] }""", "$.errors[0].code: empty")]
    [TestCase("""{ "errors": [{ "code": "X", "status": 200 }] }""", "$.errors[0].status: '200' is not a number from 400 to 599")]
    [TestCase("""{ "errors": [{ "code": "X", "probability": 1.5 }] }""", "$.errors[0].probability: '1.5' is not a number from 0 to 1")]
    [TestCase("""{ "errors": [{ "code": "X", "calls": 0 }] }""", "$.errors[0].calls: '0' is not a number")]
    [TestCase("""{ "errors": [{ "answer": "shout" }] }""", "$.errors[0].answer: 'shout' is no answer")]
    [TestCase("""{ "errors": [{ "answer": "reset", "code": "X" }] }""", "$.errors[0].code: an answer that doesn't come has none")]
    [TestCase("""{ "staleReads": [{}] }""", "$.staleReads[0].frozen: one of frozen and an age is needed")]
    [TestCase("""{ "staleReads": [{ "frozen": true, "seconds": 1 }] }""", "$.staleReads[0].frozen: one of frozen and an age is needed")]
    [TestCase("""{ "staleReads": [{ "seconds": 500, "randomSeconds": 101 }] }""", "$.staleReads[0].seconds: the history goes back 600 seconds only, not 601")]
    [TestCase("""{ "pages": [{}] }""", "$.pages[0].maxItems: missing")]
    [TestCase("""{ "pages": [{ "maxItems": -1 }] }""", "$.pages[0].maxItems: '-1' is not a number")]
    [TestCase("""{ "credentials": [{}] }""", "$.credentials[0].state: missing")]
    [TestCase("""{ "credentials": [{ "state": "lost" }] }""", "$.credentials[0].state: 'lost' is no state of credentials; use one of expired, expiredToken, invalid")]
    [TestCase("""{ "denied": [{ "actions": "MakeRoute" }] }""", "$.denied[0].actions: no action is called 'MakeRoute'")]
    [TestCase("""{ "denied": [{ "routeTables": [] }] }""", "$.denied[0].routeTables: no route table")]
    [TestCase("""{ "quotas": [{}] }""", "$.quotas[0].routes: missing")]
    [TestCase("""{ "quotas": [{ "routes": 1001 }] }""", "$.quotas[0].routes: '1001' is not a number from 0 to 1000")]
    [TestCase("""{ "hosts": [{ "address": "127.0.1.10" }] }""", "$.hosts[0].state: missing")]
    [TestCase("""{ "hosts": [{ "state": "dead" }] }""", "$.hosts[0].address: missing")]
    [TestCase("""{ "hosts": [{ "address": "x", "state": "dead" }] }""", "$.hosts[0].address: 'x' is not an address")]
    [TestCase("""{ "hosts": [{ "address": "127.0.1.10", "state": "ill" }] }""", "$.hosts[0].state: 'ill' is no host state; use one of alive, dead,")]
    [TestCase("""{ "hosts": [{ "address": "127.0.1.10", "secondaryAddresses": ["y"] }] }""", "$.hosts[0].secondaryAddresses[0]: 'y' is not an IPv4 address")]
    [TestCase("""{ "sharedVpc": 1 }""", "$.sharedVpc: expected true or false")]
    [TestCase("""{ "blackholes": { "instanceId": "keep" } }""", "$.blackholes.instanceId: expected true or false")]
    [TestCase("""{ "seed": }""", "line 1, byte 11: not valid JSON")]
    public void Parse_OneThingWrong_NamesItsPath(string json, string error) =>
        ErrorsOf(json).Should().ContainSingle().Which.Should().StartWith(error);

    [Test]
    public void Parse_SeveralThingsWrong_NamesEveryOne() =>
        ErrorsOf("""{ "seed": 0.5, "latency": [{ "seconds": "1" }], "errors": [{ "status": 1 }], "pages": [{ "maxItem": 1 }] }""")
            .Select(e => e.Split(':')[0]).Should().Equal("$.seed", "$.latency[0].seconds", "$.errors[0].code", "$.errors[0].status",
                "$.pages[0].maxItem", "$.pages[0].maxItems");

    [Test]
    public void Load_Example_IsValid()
    {
        var path = Path.Combine(TestContext.CurrentContext.TestDirectory, "../../../../examples/faults.json");
        var load = () => SimulatorFaults.Load(path);
        load.Should().NotThrow().Which.ToString().Should().Contain("\"seed\": 42");
    }

    [Test]
    public void None_ToString_IsTheEmptyDocument() => SimulatorFaults.None.ToString().Should().Be("{}");

    [TestCase("RequestLimitExceeded", 503)]
    [TestCase("InternalError", 500)]
    [TestCase("Unavailable", 503)]
    [TestCase("RequestExpired", 400)]
    [TestCase("AuthFailure", 401)]
    [TestCase("UnauthorizedOperation", 403)]
    [TestCase("SomethingElse", 400)]
    public void Parse_CodeWithoutStatus_TakesEc2sOwn(string code, int status) =>
        SimulatorFaults.Parse($$"""{ "errors": [{ "code": "{{code}}" }] }""").Sections.Errors[0].Effect.Status.Should().Be(status);

    private static IReadOnlyList<string> ErrorsOf(string json) =>
        FluentActions.Invoking(() => SimulatorFaults.Parse(json)).Should().Throw<FaultsException>().Which.Errors;
}
