package io.userservice.adapter.http.auth;

import com.auth0.jwt.algorithms.Algorithm;
import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.regex.Pattern;

/** Public keys from their texts; a key of a kind or strength that isn't accepted is refused. */
final class PublicKeys {
  private static final int LEAST_RSA_BITS = 2_048;
  private static final Pattern PEM =
      Pattern.compile("-----BEGIN PUBLIC KEY-----([A-Za-z0-9+/=\\s]+)-----END PUBLIC KEY-----");

  private PublicKeys() {}

  /** The one algorithm that the key is for: RS256 or ES256. */
  static Algorithm algorithm(PublicKey key) {
    return switch (key) {
      case RSAPublicKey rsa when rsa.getModulus().bitLength() >= LEAST_RSA_BITS ->
          Algorithm.RSA256(rsa, null);
      case ECPublicKey ec when isP256(ec.getParams()) -> Algorithm.ECDSA256(ec, null);
      default ->
          throw new IllegalArgumentException(
              "accepted is an RSA key of at least %d bits or an EC key on P-256, not this %s key"
                  .formatted(LEAST_RSA_BITS, key.getAlgorithm()));
    };
  }

  /** A key in the form {@code BEGIN PUBLIC KEY} (RFC 7468 section 13). */
  static PublicKey ofPem(String pem) {
    var found = PEM.matcher(pem);
    if (!found.find()) {
      throw new IllegalArgumentException(
          "accepted is a PEM file with a block BEGIN PUBLIC KEY, which wasn't found");
    }
    var spec = new X509EncodedKeySpec(Base64.getMimeDecoder().decode(found.group(1)));
    try {
      return KeyFactory.getInstance("RSA").generatePublic(spec);
    } catch (GeneralSecurityException _) {
      return ofEc(spec);
    }
  }

  private static PublicKey ofEc(X509EncodedKeySpec spec) {
    try {
      return KeyFactory.getInstance("EC").generatePublic(spec);
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("the public key is neither an RSA nor an EC key", e);
    }
  }

  /** A key of a JWK set (RFC 7517, RFC 7518 section 6). */
  static PublicKey ofJwk(JsonNode jwk) throws GeneralSecurityException {
    return switch (jwk.path("kty").asText() + jwk.path("crv").asText()) {
      case "RSA" ->
          KeyFactory.getInstance("RSA")
              .generatePublic(new RSAPublicKeySpec(number(jwk, "n"), number(jwk, "e")));
      case "ECP-256" ->
          KeyFactory.getInstance("EC")
              .generatePublic(
                  new ECPublicKeySpec(new ECPoint(number(jwk, "x"), number(jwk, "y")), p256()));
      default -> throw new IllegalArgumentException("a key of another kind");
    };
  }

  private static BigInteger number(JsonNode jwk, String name) {
    return new BigInteger(1, Base64.getUrlDecoder().decode(jwk.path(name).asText()));
  }

  private static boolean isP256(ECParameterSpec found) {
    try {
      var p256 = p256();
      return found.getCurve().equals(p256.getCurve())
          && found.getGenerator().equals(p256.getGenerator());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has P-256", e);
    }
  }

  private static ECParameterSpec p256() throws GeneralSecurityException {
    var parameters = AlgorithmParameters.getInstance("EC");
    parameters.init(new ECGenParameterSpec("secp256r1"));
    return parameters.getParameterSpec(ECParameterSpec.class);
  }
}
