namespace Sluice.Api.Access;

/// <summary>
/// Steps that a member who has signed in may still have to take; nearly everything is refused before.
/// </summary>
[Flags]
internal enum Pending
{
    None = 0,

    /// <summary>The member must change the one-time password; until then someone else knows it too.</summary>
    OneTimePassword = 1,

    /// <summary>The tenant demands a second factor that the member does not have yet.</summary>
    SecondFactor = 2,
}
