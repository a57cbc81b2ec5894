using System.Globalization;
using System.Net;
using System.Text;
using System.Xml;

namespace VpcRouter.Simulator.Endpoint;

/// <summary>Writes EC2's dialect: lists of <c>item</c> elements, absent values left out, lower-case booleans.</summary>
internal sealed class Ec2Xml : IDisposable
{
    private const string Namespace = "http://ec2.amazonaws.com/doc/2016-11-15/";

    private readonly XmlWriter _xml;

    // Errors come without a namespace.
    private string _namespace = "";

    public Ec2Xml(Stream output)
    {
        // Messages quote what the caller sent, which may hold characters that XML forbids: they are escaped, not thrown at.
        _xml = XmlWriter.Create(output, new XmlWriterSettings { Encoding = new UTF8Encoding(false), CheckCharacters = false });
        _xml.WriteStartDocument();
    }

    public void Response(string action, Guid requestId, Action<Ec2Xml> body)
    {
        _namespace = Namespace;
        Start(action + "Response");
        Value("requestId", requestId.ToString());
        body(this);
        _xml.WriteEndElement();
    }

    public void Error(string code, string message, Guid requestId)
    {
        Start("Response");
        Group("Errors", () => Group("Error", () =>
        {
            Value("Code", code);
            Value("Message", message);
        }));
        Value("RequestID", requestId.ToString());
        _xml.WriteEndElement();
    }

    public void Value(string name, string? value)
    {
        if (value is null)
            return;
        Start(name);
        _xml.WriteString(value);
        _xml.WriteEndElement();
    }

    public void Value(string name, bool value) => Value(name, value ? "true" : "false");

    public void Value(string name, int value) => Value(name, value.ToString(CultureInfo.InvariantCulture));

    public void Value(string name, DateTimeOffset value) =>
        Value(name, value.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));

    public void Value(string name, IPAddress value) => Value(name, value.ToString());

    public void Group(string name, Action body)
    {
        Start(name);
        body();
        _xml.WriteEndElement();
    }

    /// <summary>A list; an empty one is an empty element.</summary>
    public void List<T>(string name, IEnumerable<T> items, Action<T> body)
    {
        Start(name);
        foreach (var item in items)
        {
            Start("item");
            body(item);
            _xml.WriteEndElement();
        }

        _xml.WriteEndElement();
    }

    public void Tags(string? name) => List("tagSet", name is null ? [] : new[] { name }, value =>
    {
        Value("key", "Name");
        Value("value", value);
    });

    public void Dispose() => _xml.Dispose();

    private void Start(string name) => _xml.WriteStartElement(name, _namespace);
}
