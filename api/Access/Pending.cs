namespace Sluice.Api.Access;

/// <summary>What a member who has signed in may still have to do, before which nearly everything is refused.</summary>
[Flags]
internal enum Pending
{
    None = 0,

    /// <summary>The one-time password is somebody else's knowledge too, until it is changed.</summary>
    OneTimePassword = 1,

    /// <summary>The tenant demands a second factor that the member does not have yet.</summary>
    SecondFactor = 2,
}
