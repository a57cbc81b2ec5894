using System.Text;
using VpcRouter.RouteSpecs;

namespace VpcRouter.Tests.RouteSpecs;

public class RouteSpecReaderErrorTests
{
    private static readonly TestCaseData[] Broken =
    [
        new("", "line 1, byte 1", "not JSON"),
        new("{", "line 1, byte 2", "not JSON"),
        new("{\n\"10.0.0.0/8\": [\"10.0.0.1\"],\n}", "line 3, byte 1", "trailing comma"),
        new("{\"10.0.0.0/8\": [\"10.0.0.1\",]}", "line 1, byte 28", "trailing comma"),
        new("{} // no comments", "line 1, byte 4", "not JSON"),
        new("{\"10.0.0.0/8\": [[[[[[[[[\"10.0.0.1\"]]]]]]]]]}", "line 1, byte 23", "maximum configured depth"),
        new("[]", "$", "is an array"),
        new("null", "$", "is null"),
        new("7", "$", "is a number"),
        new("{}", "$", "--allow-empty-spec"),
        new("{\"10.0.0.0\": []}", "$['10.0.0.0']", "is not a destination"),
        new("{\"10.0.0.0/33\": []}", "$['10.0.0.0/33']", "is not a destination"),
        new("{\"10.0.0.0/08\": []}", "$['10.0.0.0/08']", "is not a destination"),
        new("{\"010.0.0.0/8\": []}", "$['010.0.0.0/8']", "is not a destination"),
        new("{\"::/129\": []}", "$['::/129']", "is not a destination"),
        new("{\"::ffff:10.0.0.0/8\": []}", "$['::ffff:10.0.0.0/8']", "is not a destination"),
        new("{\"pl-\": []}", "$['pl-']", "is not a destination"),
        new("{\"pl-a b\": []}", "$['pl-a b']", "is not a destination"),
        new("{\"it's\\\\\": []}", "$['it\\'s\\\\']", "is not a destination"),
        new("{\"10.0.0.0/8\": 1}", "$['10.0.0.0/8']", "is a number; give an array"),
        new("{\"10.0.0.0/8\": \"10.0.0.1\"}", "$['10.0.0.0/8']", "is a string; give an array"),
        new("{\"10.0.0.0/8\": null}", "$['10.0.0.0/8']", "is null; give an array"),
        new("{\"10.0.0.0/8\": [1]}", "$['10.0.0.0/8'][0]", "1 is not a host"),
        new("{\"10.0.0.0/8\": [true]}", "$['10.0.0.0/8'][0]", "true is not a host"),
        new("{\"10.0.0.0/8\": [null]}", "$['10.0.0.0/8'][0]", "null is not a host"),
        new("{\"10.0.0.0/8\": [{\n}]}", "$['10.0.0.0/8'][0]", "an object is not a host"),
        new("{\"10.0.0.0/8\": [\"10.0.0.1\", \"10.1\"]}", "$['10.0.0.0/8'][1]", "\"10.1\" is not a host"),
        new("{\"10.0.0.0/8\": [\" 10.0.0.1\"]}", "$['10.0.0.0/8'][0]", "is not a host"),
        new("{\"10.0.0.0/8\": [\" ::1\"]}", "$['10.0.0.0/8'][0]", "is not a host"),
        new("{\"10.0.0.0/8\": [\"fe80::1%eth0\"]}", "$['10.0.0.0/8'][0]", "is not a host"),
        new("{\"10.0.0.0/8\": [\"[::1]:80\"]}", "$['10.0.0.0/8'][0]", "is not a host"),
        new("{\"10.0.0.0/8\": [\"\"]}", "$['10.0.0.0/8'][0]", "\"\" is not a host"),
        new("{\"10.0.0.0/8\": [\"\\ud800\"]}", "$['10.0.0.0/8'][0]", "half a surrogate pair is not a host"),
        new("{\"\\udc00\": []}", "$", "not valid text"),
        new("{\"10.0.0.0/8\": {}}", "$['10.0.0.0/8']", "names no hosts"),
        new("{\"10.0.0.0/8\": {\"hosts\": 1}}", "$['10.0.0.0/8'].hosts", "is a number"),
        new("{\"10.0.0.0/8\": {\"hosts\": [1]}}", "$['10.0.0.0/8'].hosts[0]", "1 is not a host"),
        new("{\"10.0.0.0/8\": {\"hosts\": [], \"hosts\": []}}", "$['10.0.0.0/8'].hosts", "given twice"),
        new("{\"10.0.0.0/8\": {\"hosts\": [], \"Select\": \"zone\"}}", "$['10.0.0.0/8']", "unknown property \"Select\""),
        new("{\"10.0.0.0/8\": {\"hosts\": [], \"\\ud800\": 1}}", "$['10.0.0.0/8']", "not valid text"),
        new("{\"10.0.0.0/8\": {\"hosts\": [], \"select\": \"best\"}}", "$['10.0.0.0/8'].select", "spread, ordered, zone or random"),
        new("{\"10.0.0.0/8\": {\"hosts\": [], \"failback\": 60}}", "$['10.0.0.0/8'].failback", "60 is not a failback"),
        new("{\"10.0.0.0/8\": {\"hosts\": [], \"failback\": \"-1s\"}}", "$['10.0.0.0/8'].failback", "is not a failback"),
        new("{\"10.0.0.0/8\": {\"hosts\": [], \"fallback\": \"i-1\"}}", "$['10.0.0.0/8'].fallback", "nat-"),
        new("{\"10.0.0.0/8\": {\"hosts\": [], \"route_tables\": []}}", "$['10.0.0.0/8'].route_tables", "non-empty array"),
        new("{\"10.0.0.0/8\": {\"hosts\": [], \"route_tables\": [\"rtb-\"]}}", "$['10.0.0.0/8'].route_tables", "rtb-0123abcd"),
        new("{\"10.0.0.0/8\": [], \"10.0.0.0/8\": []}", "$['10.0.0.0/8']", "given twice"),
        new("{\"10.0.0.0/8\": [], \"10.1.0.0/8\": []}", "$['10.1.0.0/8']", "are the same destination 10.0.0.0/8"),
        new("{\"fd00::/8\": [], \"FD00:0::/8\": []}", "$['FD00:0::/8']", "are the same destination"),
    ];

    [TestCaseSource(nameof(Broken))]
    public void Read_BrokenDocument_NamesPathAndProblem(string document, string path, string problem)
    {
        var result = Read(document);

        result.IsAccepted.Should().BeFalse();
        var error = result.Errors.Should().ContainSingle().Which;
        error.Path.Should().Be(path);
        error.Message.Should().Contain(problem);
    }

    [Test]
    public void Read_SeveralErrors_ListsAllInOrder()
    {
        var result = Read("""{"x": [1], "10.0.0.0/8": {"hosts": ["y", "10.0.0.1", 2], "select": 3, "z": 4}, "10.2.0.0/16": false}""");

        result.Spec.Should().BeNull();
        result.Errors.Select(error => error.Path).Should().Equal(
            "$['x']", "$['x'][0]", "$['10.0.0.0/8'].hosts[0]", "$['10.0.0.0/8'].hosts[2]", "$['10.0.0.0/8'].select", "$['10.0.0.0/8']", "$['10.2.0.0/16']");
    }

    [Test]
    public void Read_LineBreaksInTexts_KeepsEachErrorOnOneLine()
    {
        var result = Read("""{"a\nb": [], "10.0.0.0/8": {"hosts": ["c\r\nd"], "e\nf": 1}}""");

        result.Errors.Should().HaveCount(3).And.OnlyContain(error => !error.ToString().Contains('\r') && !error.ToString().Contains('\n'));
    }

    [Test]
    public void Read_EndlessText_ShowsItsBeginning()
    {
        var result = Read($$"""{"10.0.0.0/8": ["{{new string('9', 1_000_000)}}"]}""");

        result.Errors.Single().Message.Should().Contain("999…");
        result.Errors.Single().Message.Length.Should().BeLessThan(300);
    }

    [Test]
    public void Read_MoreErrorsThanFitInMemory_CountsTheRest()
    {
        var result = Read($$"""{"10.0.0.0/8": [{{string.Join(',', Enumerable.Repeat('1', 100_003))}}]}""");

        result.Errors.Should().HaveCount(100_001);
        result.Errors[^1].Message.Should().Be("3 more errors are not listed");
    }

    [Test]
    public void Read_InvalidUtf8_Refuses() =>
        new RouteSpecReader().Read("{\"10.0.0.0/8\": [\"\xff\"]}"u8.ToArray().Select(value => value == 0xC3 ? (byte)0xFF : value).ToArray())
            .Errors.Single().Message.Should().Contain("UTF-8");

    [Test]
    public void Read_DocumentOfTheLargestSize_Accepts()
    {
        var document = new byte[RouteSpecReader.MaximumBytes];
        document.AsSpan().Fill((byte)' ');
        """{"10.0.0.0/8": ["10.0.0.1"]}"""u8.CopyTo(document);

        new RouteSpecReader().Read(document).IsAccepted.Should().BeTrue();
    }

    [Test]
    public void Read_DocumentOneByteTooLarge_Refuses() =>
        new RouteSpecReader().Read(new byte[RouteSpecReader.MaximumBytes + 1]).Errors.Single().Message.Should().Contain("16777217 bytes");

    private static RouteSpecReadResult Read(string document) => new RouteSpecReader().Read(Encoding.UTF8.GetBytes(document));
}
