namespace UAmtfl.Weighting.GradientBased;

/// <summary>What <see cref="Mgda"/> divides each gradient by.</summary>
public enum MgdaNormalisation
{
    /// <summary>1.</summary>
    None,

    /// <summary>‖g_t‖</summary>
    L2,

    /// <summary>L_t</summary>
    Loss,

    /// <summary>L_t ‖g_t‖</summary>
    LossPlus,
}
