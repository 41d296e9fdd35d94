namespace TokenLedger.Testing.FunctionsHost.Tap;

/// <summary>One call of the storage.</summary>
/// <param name="Number">From 1, since the mark.</param>
/// <param name="Service">blob, queue or table.</param>
/// <param name="Operation">Method and kind, such as <c>PUT blob</c> or <c>GET list</c>.</param>
/// <param name="Path">After the account, as it was sent, without query.</param>
public sealed record TapCall(int Number, string Service, string Operation, string Path);
