using System.Text.Json.Nodes;

namespace VpcRouter.Tests.AspNetCore;

/// <summary>An event as a client got it.</summary>
internal sealed record ReceivedEvent(string Id, string Type, JsonNode Data);
