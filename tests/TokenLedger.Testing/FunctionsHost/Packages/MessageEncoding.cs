namespace TokenLedger.Testing.FunctionsHost.Packages;

/// <summary><c>extensions.queues.messageEncoding</c>, the same for every queue of an app.</summary>
public enum MessageEncoding
{
    /// <summary>The host's own default: a message that is no Base64 goes to the poison queue unseen.</summary>
    Base64,

    /// <summary>The message as the queue holds it.</summary>
    None,
}
