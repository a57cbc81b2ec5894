namespace VpcRouter.AspNetCore.Responses;

/// <summary>Requests with the same key want the same answer. Immutable.</summary>
/// <param name="Url">The path with its query, as it was sent.</param>
/// <param name="Form">The form of the answer.</param>
internal readonly record struct AnswerKey(string Url, ResponseForm Form);
